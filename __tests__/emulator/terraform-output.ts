/**
 * The flags that make a command's output easy to read. With `-json`, Terraform does not draw the plan for a person, which takes it a tenth
 * of its time.
 */
export const FORMS: Readonly<Record<string, readonly string[]>> = {
  init: ['-no-color'],
  validate: ['-no-color'],
  import: ['-no-color'],
  plan: ['-json'],
  apply: ['-json'],
  destroy: ['-json'],
  refresh: ['-json'],
};

interface JsonMessage {
  readonly '@message': string;
  readonly diagnostic?: { readonly address?: string; readonly detail: string };
}

/** The messages of Terraform with `-json`, one a line, with the address and the details of errors and warnings. Other output stays. */
export function messagesIn(lines: string): string {
  if (!lines.startsWith('{"@level"')) return lines;
  const messages = lines.split('\n').filter((line) => line !== '');
  return messages
    .map((line) => {
      const { '@message': message, diagnostic } = JSON.parse(line) as JsonMessage;
      if (diagnostic === undefined) return `${message}\n`;
      const address = diagnostic.address === undefined ? '' : ` with ${diagnostic.address},`;
      return `${message}${address} ${diagnostic.detail}\n`;
    })
    .join('');
}

/** The messages of Terraform on one line: Terraform wraps them at the width of a terminal. */
export class TerraformFailure extends Error {
  constructor(command: string, output: string) {
    super(`terraform ${command} failed: ${output.replace(/[│╷╵]/g, '').replace(/\s+/g, ' ')}`);
  }
}
