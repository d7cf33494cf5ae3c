import { allChecks } from '../../services-yaml/build/all-checks';
import { checksPage } from '../../services-yaml/generate/checks-page';

const MESSAGE =
  /^services\.yaml:\d+:\d+ (warning )?(environments|services|loadBalancers|defaults)\b[^\n]*: [^\n]+; [^\n]+ \[([a-z0-9-]+)\]$/;

/** By code: the messages on the page. */
function messagesByCode(page: string): Record<string, string[]> {
  const sections = page.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => [
      section.slice(0, section.indexOf('\n')),
      (/^```text\n([\s\S]*?)\n```$/m.exec(section)?.[1] ?? '').split('\n'),
    ]),
  );
}

const messages = messagesByCode(checksPage());

test('every check has its own section', () => {
  expect(Object.keys(messages)).toEqual(allChecks.map(({ code }) => code));
  expect(new Set(allChecks.map(({ code }) => code)).size).toBe(allChecks.length);
});

test.each(allChecks.map(({ code, severity }) => [code, severity] as const))(
  '%s says where in the file it is, and what to write instead',
  (code, severity) => {
    for (const message of messages[code] ?? []) {
      expect(message).toMatch(MESSAGE);
      const [, warning, , codeInMessage] = MESSAGE.exec(message) ?? [];
      expect([codeInMessage, warning !== undefined]).toEqual([code, severity === 'warning']);
    }
  },
);
