import type { Entry, ExposureReport, ServiceExposure, StackExposure } from '../report';
import { callersWords, printable } from '../words';
import { BLIND_SPOTS } from './markdown';

const HEADER = `# Who can reach what. One line for each URL: stack, project/region/service, URL, from where, who may call.
# Written by cdktf-cloud-run exposure --lock, compared by --check.
# ${BLIND_SPOTS}
`;

/**
 * The report as a file to commit: one line for each URL of each service, sorted. A line depends only on its own URL,
 * so that one changed exposure changes one line.
 */
export function exposureLock(report: ExposureReport): string {
  const lines = report.stacks.flatMap(stackLines).map((columns) => columns.map(printable).join('  '));
  return `${[HEADER.trimEnd(), ...lines.sort()].join('\n')}\n`;
}

function stackLines({ name, services, identities, notes }: StackExposure): readonly (readonly string[])[] {
  const entries = services.flatMap((service) =>
    service.entries.map((entry) => [
      name,
      serviceName(service),
      urlWords(entry),
      originWords(entry),
      callersWords(entry, identities).join(', '),
    ]),
  );
  return [...entries, ...notes.map((note) => [name, `cannot be determined: ${note}`])];
}

function serviceName({ project, location, name }: ServiceExposure): string {
  return `${project}/${location}/${name}`;
}

/** A URL that is not known yet is shown with its kind, so that the URLs of a service can be distinguished. */
function urlWords({ url, via, tag }: Entry): string {
  if (url.startsWith('http')) return url;
  const kind = via === 'run.app' && tag !== undefined ? `run.app, tag ${tag}` : via.replace('-', ' ');
  return `${kind} ${url}`;
}

function originWords({ from, securityPolicy }: Entry): string {
  return securityPolicy === undefined ? from : `${from}, Cloud Armor ${securityPolicy}`;
}
