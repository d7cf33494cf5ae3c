import type { AttributePath, Diagnostic } from './protocol/messages';
import type { ObjectValue } from './protocol/values';

/** An error of the provider or the API. Terraform shows its message. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly detail = '',
    readonly attribute?: AttributePath,
  ) {
    super(message);
  }
}

/** The API created the object, but the object does not work. Terraform keeps it in its state, tainted. */
export class FailedCreation extends Refusal {
  constructor(
    message: string,
    readonly state: ObjectValue,
  ) {
    super(message);
  }
}

/** An error of a Google API, as its client library formats it. */
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
