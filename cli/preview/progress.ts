/** A line on a terminal that says what is being done. Nothing elsewhere: a log would be full of it. */
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
