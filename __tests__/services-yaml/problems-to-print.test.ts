import { fileWith, problemsOf } from './problems';

/** A file with as many services as keys are given, each from line 5 on in a line of its own. */
function services(count: number, keys: (index: number) => string, environment = ''): string {
  const lines = Array.from({ length: count }, (_, index) => `  s${index}: {image: "acme/app:1", ${keys(index)}}`);
  return `environments:\n  prod: {project: acme-prod, region: europe-west1${environment}}\n\nservices:\n${lines.join('\n')}\n`;
}

test('of many equal mistakes the first twenty are printed, and the number of the others', () => {
  const lines = problemsOf(services(100, () => 'ingres: all')).filter((line) => line.includes('ingres'));
  expect(lines).toHaveLength(21);
  expect(lines[19]).toMatch(/^services\.yaml:24:\d+ services\.s19: unknown key 'ingres'/);
  expect(lines[20]).toMatch(
    /^services\.yaml:25:\d+ services\.s20: from here on 80 more: unknown key 'ingres' \(did you mean 'ingress'\?\)$/,
  );
});

test('mistakes that one check finds are of one kind, whatever their values', () => {
  const lines = problemsOf(services(30, (index) => `port: ${70_000 + index}`));
  expect(lines).toHaveLength(21);
  expect(lines[20]).toMatch(/s20\.port: from here on 10 more of this kind \[port-range\]$/);
});

test('a single further mistake is printed instead of counted', () => {
  const lines = problemsOf(services(21, () => 'ingres: all'));
  expect(lines).toHaveLength(21);
  expect(lines[20]).not.toContain('more');
});

test('a circle of a hundred calls is one message that names a few of them', () => {
  const lines = problemsOf(services(100, (index) => `calls: [s${(index + 1) % 100}]`));
  const [line, ...others] = lines.filter((each) => each.includes('[call-cycle]'));
  expect(others).toEqual([]);
  expect(line).toContain("'s0' calls 's1' calls 's2' calls 's3' calls 's4' calls 's5' calls (93 more) calls 's99'");
  expect(line?.length).toBeLessThan(400);
});

test('services that all call each other are one circle', () => {
  const all = (index: number) => [0, 1, 2, 3, 4].filter((other) => other !== index).map((other) => `s${other}`);
  const lines = problemsOf(services(5, (index) => `calls: [${all(index).join(', ')}]`));
  expect(lines.filter((line) => line.includes('[call-cycle]'))).toHaveLength(1);
});

test('a long value, key or name is cut', () => {
  const long = 'x'.repeat(900);
  for (const keys of [
    `region: ${long}`,
    `region: "it's ${long}"`,
    `description: ${long}\n${long}: 1`,
    `env: {${long}: 1}`,
    `calls: [${long}]`,
  ]) {
    const lines = problemsOf(fileWith(keys));
    expect(lines.join('\n')).toMatch(/services\.yaml:[78]:/);
    for (const line of lines) {
      expect(line).not.toContain('x'.repeat(201));
      expect(line.length).toBeLessThan(1000);
    }
  }
});

test('a value that would turn the direction of the text, or is invisible, is shown as escapes', () => {
  const [line] = problemsOf(fileWith('region: "\u202eabc\u2066\u200b\u{e0041}\\e[2J"'));
  expect(line).toContain("'\\u202eabc\\u2066\\u200b\\udb40\\udc41\\u001b[2J' is not a region");
});
