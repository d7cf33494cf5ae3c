/** Where an image comes from. */
export interface ImageSource {
  /** The registry's host. */
  readonly registry: string;
  /** The project in Google's registries, the account in others. */
  readonly owner: string;
}

const DOCKER_HUB = 'docker.io';

/** Where an image comes from, by its name (docs.docker.com/reference/cli/docker/image/tag): without a host, from Docker Hub. */
export function imageSource(image: string): ImageSource {
  const parts = image
    .replace(/^https?:\/\//, '')
    .replace(/@.*$/, '')
    .split('/');
  const [first = ''] = parts;
  const hosted = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hosted ? first : DOCKER_HUB;
  const path = hosted ? parts.slice(1) : parts;
  return { registry, owner: path.length > 1 ? (path[0] ?? '') : 'library' };
}

/** Whether an image is named by its content, which nobody can change afterwards. */
export function isDigest(image: string): boolean {
  return /@sha256:[0-9a-f]+$/i.test(image);
}
