import type { AttributePath, Diagnostic } from './protocol/messages';
import type { ObjectValue } from './protocol/values';

/** Something that the provider or the API refuses. Its message is what Terraform shows. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly detail = '',
    readonly attribute?: AttributePath,
  ) {
    super(message);
  }
}

/** The API took the object in but could not bring it up: Terraform keeps it in its state, tainted. */
export class FailedCreation extends Refusal {
  constructor(
    message: string,
    readonly state: ObjectValue,
  ) {
    super(message);
  }
}

/** An answer of a Google API, in the words of its client library. */
export function apiError(status: number, message: string, reason?: string): string {
  return `googleapi: Error ${status}: ${message}${reason ? `, ${reason}` : ''}`;
}

export function diagnosticOf(error: unknown): Diagnostic {
  const summary = error instanceof Error ? error.message : String(error);
  if (error instanceof Refusal) {
    const { detail, attribute } = error;
    return { severity: 'ERROR', summary, detail, ...(attribute && { attribute }) };
  }
  const detail = error instanceof Error ? (error.stack ?? '') : '';
  return { severity: 'ERROR', summary: `the emulated provider failed: ${summary}`, detail };
}
