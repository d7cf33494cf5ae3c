import type { Text } from '../core/text';

/** Description, labels, tags and annotations of a service. */
export interface MetadataProps {
  /**
   * What the service is for, at most 512 characters.
   * @default none
   * @gcloud --description
   * @terraform description
   */
  readonly description?: Text;

  /**
   * Labels of the service and its revisions, for billing and logs.
   * @default the environment's labels
   * @gcloud --labels
   * @terraform labels, template.labels
   */
  readonly labels?: Readonly<Record<string, Text>>;

  /**
   * Resource manager tags, for policies and conditions: `tagKeys/ID` to `tagValues/ID`. A change replaces the service. Needs the
   * google provider 7.41 or later.
   * @default none
   * @terraform tags
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Annotations of the service. The API refuses Google's own prefixes (`run.googleapis.com/` …).
   * @default none
   * @terraform annotations
   */
  readonly annotations?: Readonly<Record<string, Text>>;
}
