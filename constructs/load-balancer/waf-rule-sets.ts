const CRS_3_0 = [
  'sqli',
  'xss',
  'lfi',
  'rfi',
  'rce',
  'methodenforcement',
  'scannerdetection',
  'protocolattack',
  'php',
  'sessionfixation',
];
const CRS_3_3 = [...CRS_3_0, 'java', 'nodejs'];
const CRS_4_22 = [...CRS_3_0, 'java', 'generic'];

/**
 * Cloud Armor's preconfigured rule sets (https://cloud.google.com/armor/docs/waf-rules). A rule's priority depends on the position in
 * this list, so add new ones at the end.
 */
export const WAF_RULE_SETS: readonly string[] = [
  ...CRS_3_3.flatMap((attack) => [`${attack}-v33-stable`, `${attack}-v33-canary`]),
  ...CRS_3_0.flatMap((attack) => [`${attack}-stable`, `${attack}-canary`]),
  'cve-canary',
  'json-sqli-canary',
  ...CRS_4_22.flatMap((attack) => [`${attack}-v422-stable`, `${attack}-v422-canary`]),
];
