/** A progress line on a terminal. If standard error is not a terminal, nothing is written: it would fill a log. */
export class Progress {
  private shown = false;

  say(text: string): void {
    if (!process.stderr.isTTY) return;
    this.shown = true;
    process.stderr.write(`\r\u001b[K${text}`);
  }

  done(): void {
    if (this.shown) process.stderr.write('\r\u001b[K');
  }
}
