import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { outputFolder } from './cdktf-json';
import { lastRead } from './chosen-file';

const SERVICE = 'google_cloud_run_v2_service';

/** The arguments or attributes that identify a service. */
interface Known {
  readonly name?: unknown;
  readonly location?: unknown;
  readonly project?: unknown;
  readonly deletion_protection?: unknown;
}

/**
 * Notes about protected services that the last synth of this file had and that are no longer in it: an apply would fail
 * half-way. If the state is a file on this machine, it shows which services exist; else all services of the last synth may.
 */
export function protectedServicesGone(path: string, stacks: readonly CloudRunStack[]): string[] {
  const folder = outputFolder();
  if (lastRead(folder) !== relative('.', path).replaceAll('\\', '/')) return [];
  return stacks.flatMap((stack) => {
    const there = new Set(
      stack.services.flatMap((service) =>
        service.regional.map(({ location }) => keyOf(service.environment.props.project, location, service.serviceName)),
      ),
    );
    return knownServices(join(folder, 'stacks', stack.node.id))
      .filter(({ project, location, name }) => !there.has(keyOf(project, location, name)))
      .map(({ name }) => `${stack.node.id}: '${name}' is protected from deletion and no longer in ${path}: ${REMEDY}`);
  });
}

const REMEDY =
  'an apply would destroy its grants and triggers and then fail, and the service would stay; put it back with deletionProtection: false, apply, and only then remove or rename it';

function knownServices(folder: string): Known[] {
  const { resource, terraform } = readJson(join(folder, 'cdk.tf.json'));
  const local = terraform?.backend?.local?.path;
  const services: Known[] =
    typeof local === 'string'
      ? (readJson(resolve(folder, local)).resources ?? [])
          .filter(({ type, mode }: { type?: string; mode?: string }) => type === SERVICE && mode === 'managed')
          .flatMap(({ instances = [] }: { instances?: { attributes: Known }[] }) =>
            instances.map(({ attributes }) => attributes),
          )
      : Object.values(resource?.[SERVICE] ?? {});
  return services.filter(({ deletion_protection }) => deletion_protection === true);
}

/** The content of a file, or undefined: the code that needs the file reports that it cannot be read. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of Terraform, of which few parts are looked at
function readJson(file: string): any {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) ?? {};
  } catch {
    return {};
  }
}

function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}
