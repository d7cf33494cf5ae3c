import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { type Finding, otherCauses, type Severity } from '../finding';
import type { PlanReview } from '../review';
import { RULES } from '../rules/index';

/** SARIF has three levels; GitHub ranks security findings by a number from 0 to 10 besides. */
const LEVELS: Readonly<Record<Severity, { readonly level: 'error' | 'warning' | 'note'; readonly security: string }>> =
  {
    critical: { level: 'error', security: '9.5' },
    high: { level: 'error', security: '8.0' },
    medium: { level: 'warning', security: '5.0' },
    low: { level: 'note', security: '2.0' },
  };

/** The review in SARIF 2.1.0, for GitHub code scanning. */
export function reviewSarif(reviews: readonly PlanReview[]): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cdktf-cloud-run review', rules: RULES.map(descriptor) } },
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
  const { rule, severity, plan, address, message, remedy } = finding;
  const addresses = [...(address === '' ? [] : [address]), ...otherCauses(finding)];
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: LEVELS[severity].level,
    message: { text: `${plan}: ${message}. If it is not intended: ${remedy}.` },
    locations: [
      {
        // A plan has no lines of its own; GitHub shows nothing without one.
        physicalLocation: { artifactLocation: { uri: uri(file) }, region: { startLine: 1 } },
        // The service it is about, and the changed resources that bring it about.
        logicalLocations: addresses.map((each) => ({ fullyQualifiedName: each, kind: 'resource' })),
      },
    ],
    // Without it GitHub would take all findings of a rule, which share line 1, for one.
    partialFingerprints: {
      'finding/v1': createHash('sha256').update(`${plan} ${rule} ${address} ${message}`).digest('hex'),
    },
  };
}

function uri(file: string): string {
  return file === '-' ? 'stdin' : encodeURI(file.replaceAll('\\', '/'));
}
