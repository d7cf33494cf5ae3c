/** The form of the names that several Google products use. All code checks these names here. */

const PROJECT_ID = /^(?:[a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/;
const PROJECT_NUMBER = /^\d{6,20}$/;
const REGION = /^[a-z]+-[a-z]+\d+$/;
const PUBSUB_NAME = /^(?!goog)[A-Za-z][A-Za-z0-9._~+-]{2,254}$/;

/** Whether the text is a project's id. An id from before 2013 may begin with a domain. */
export function isProjectId(text: string): boolean {
  return PROJECT_ID.test(text);
}

export function isProjectNumber(text: string): boolean {
  return PROJECT_NUMBER.test(text);
}

export function isRegion(name: string): boolean {
  return REGION.test(name);
}

export const SERVICE_NAME_LENGTH = { least: 1, most: 49 };
const SERVICE_NAME = new RegExp(`^[a-z]([-a-z0-9]{0,${SERVICE_NAME_LENGTH.most - 2}}[a-z0-9])?$`);

/** Whether the text can be a service's name (Cloud Run API, Service.name). */
export function isServiceName(name: string): boolean {
  return SERVICE_NAME.test(name);
}

export const SERVICE_NAME_REMEDY = `use at most ${SERVICE_NAME_LENGTH.most} lower-case letters, digits and dashes, beginning with a letter`;

/** Why a name cannot be a topic's or a subscription's, and what to write instead (Pub/Sub, "Guidelines to name a topic"). */
export function pubsubNameProblem(name: string): { readonly reason: string; readonly remedy: string } | undefined {
  if (PUBSUB_NAME.test(name)) return undefined;
  // resource_pubsub_topic.go and resource_pubsub_subscription.go put the name into a request's URL without escaping it.
  const reason = name.includes('%') ? ': the google provider does not escape a percent sign' : '';
  return { reason, remedy: 'use 3 to 255 letters, digits and ._~+-, beginning with a letter and not with goog' };
}
