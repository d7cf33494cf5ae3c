/** Whether a person sits at the other end, who presses Ctrl-C for all processes at once. */
export function isInTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}
