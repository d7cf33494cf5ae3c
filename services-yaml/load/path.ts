/** The path of a value: keys of maps and indices of lists, outermost first. */
export type Path = readonly (string | number)[];

const PLAIN_KEY = /^[\w$<>-]+$/;

/** The path as messages show it: `environments.prod.services.hello.domains[0]`. */
export function dotted(path: Path): string {
  return path.map(shownSegment).join('').replace(/^\./, '');
}

function shownSegment(segment: string | number): string {
  if (typeof segment === 'number') return `[${segment}]`;
  return PLAIN_KEY.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
}
