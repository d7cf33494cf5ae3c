/** Arguments that set the number of instances and their limits, of every resource type. */
const SCALING = [
  /^scaling\b/,
  /^template\.scaling\b/,
  /^template\.(max_instance_request_concurrency|timeout)$/,
  /^template\.containers\.resources\b/,
  /^template\.metadata\.annotations\.autoscaling\.knative\.dev\//,
  /^template\.spec\.(container_concurrency|timeout_seconds)$/,
  /^template\.spec\.containers\.resources\b/,
  /^service_config\.((min|max)_instance_count|max_instance_request_concurrency|available_(cpu|memory)|timeout_seconds)$/,
];

/** Whether an argument of a service is about scaling and limits. */
export function isScaling(argument: string): boolean {
  return SCALING.some((pattern) => pattern.test(argument));
}
