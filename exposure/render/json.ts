import type { ExposureReport } from '../report';

/** The report as JSON, in the form that `exposure.schema.json` describes. */
export function exposureJson(report: ExposureReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
