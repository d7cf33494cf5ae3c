import type { Log, Notification, PhysicalLocation, ReportingDescriptor, Result, Suppression } from 'sarif';
import { type Finding, otherCauses, type Severity, type Source } from '../finding';
import { fingerprint } from '../fingerprint';
import type { PlanReview } from '../review';
import { RULES } from '../rules/index';
import { type AcceptedNote, acceptedNoteWords } from '../summary';

/** SARIF has three levels; GitHub ranks security findings by a number from 0 to 10 besides. */
const LEVELS: Readonly<Record<Severity, { readonly level: 'error' | 'warning' | 'note'; readonly security: string }>> =
  {
    critical: { level: 'error', security: '9.5' },
    high: { level: 'error', security: '8.0' },
    medium: { level: 'warning', security: '5.0' },
    low: { level: 'note', security: '2.0' },
  };

/** The review in SARIF 2.1.0, for GitHub code scanning. */
export function reviewSarif(reviews: readonly PlanReview[], accepted: readonly AcceptedNote[] = []): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cdktf-cloud-run review', rules: RULES.map(descriptor) } },
        ...(accepted.length > 0 && {
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: accepted.map(notification) }],
        }),
        results: reviews.flatMap(({ file, findings }) => findings.map((finding) => result(finding, file))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, severity, finds, remedy }: (typeof RULES)[number]): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: finds },
    help: { text: remedy },
    defaultConfiguration: { level: LEVELS[severity].level },
    properties: { tags: ['security'], 'security-severity': LEVELS[severity].security },
  };
}

function result(finding: Finding, file: string): Result {
  const { rule, severity, plan, address, message, remedy, accepted, lapsed } = finding;
  const addresses = [...(address === '' ? [] : [address]), ...otherCauses(finding)];
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: LEVELS[severity].level,
    message: { text: `${plan}: ${message}. ${lapsed ? `${lapsed}. ` : ''}If it is not intended: ${remedy}.` },
    locations: [
      {
        // GitHub shows a finding only if it has a line, which a plan does not have.
        physicalLocation: place(finding.source ?? { file, line: 1 }),
        // The service of the finding, and the changed resources that cause it.
        logicalLocations: addresses.map((each) => ({ fullyQualifiedName: each, kind: 'resource' })),
      },
    ],
    // Without it, GitHub would show only one of the findings of a rule that are all in line 1.
    partialFingerprints: { 'finding/v1': fingerprint(finding) },
    ...(accepted && { suppressions: [suppression(accepted)] }),
  };
}

/** External: it is not in the source code but in a separate file. */
function suppression({ reason, until }: NonNullable<Finding['accepted']>): Suppression {
  return { kind: 'external', status: 'accepted', justification: reason, properties: { until } };
}

function notification(note: AcceptedNote): Notification {
  return {
    level: 'note',
    message: { text: acceptedNoteWords(note) },
    locations: [{ physicalLocation: place(note) }],
  };
}

function place({ file, line, column }: Pick<Source, 'file' | 'line'> & Partial<Source>): PhysicalLocation {
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  return { artifactLocation: { uri: uri(file) }, region };
}

function uri(file: string): string {
  return file === '-' ? 'stdin' : encodeURI(file.replaceAll('\\', '/'));
}
