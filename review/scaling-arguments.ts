/** Arguments that say how many instances there are and what each takes, of both resource types. */
const SCALING = [
  /^scaling\b/,
  /^template\.scaling\b/,
  /^template\.(max_instance_request_concurrency|timeout)$/,
  /^template\.containers\.resources\b/,
  /^template\.metadata\.annotations\.autoscaling\.knative\.dev\//,
  /^template\.spec\.(container_concurrency|timeout_seconds)$/,
  /^template\.spec\.containers\.resources\b/,
];

/** Whether an argument of a service is about scaling and limits. */
export function isScaling(argument: string): boolean {
  return SCALING.some((pattern) => pattern.test(argument));
}
