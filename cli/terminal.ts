/** Whether this runs in a terminal: there, Ctrl-C reaches all processes at once. */
export function isInTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}
