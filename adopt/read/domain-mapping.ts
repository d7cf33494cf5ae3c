import { Fields } from '../fields';
import type { Inventory, Json } from '../found';
import { importId } from '../import-id';
import type { ReadingPlace } from './knative';

/** Whether a document is a domain mapping, in the form of `gcloud beta run domain-mappings describe`. */
export function isDomainMapping(document: Json): boolean {
  return document.kind === 'DomainMapping' && String(document.apiVersion).startsWith('domains.cloudrun.com/');
}

/** A domain mapping in the arguments of `google_cloud_run_domain_mapping`. */
export function readDomainMapping(document: Json, file: string, place: ReadingPlace): Inventory {
  const root = new Fields(document);
  const metadata = root.block('metadata');
  const spec = root.block('spec');
  const labels = metadata?.map('labels') ?? {};
  const namespace = metadata?.text('namespace') ?? '';
  const name = metadata?.text('name') ?? '';
  const project = place.project ?? (/^\d*$/.test(namespace) ? undefined : namespace);
  const location = labels['cloud.googleapis.com/location'] ?? place.region;
  const source = `${file}: domain mapping ${name}`;
  if (project === undefined || location === undefined) {
    const missing = project === undefined ? 'project' : 'region';
    const text = `does not contain its ${missing}; pass --${missing}`;
    return { resources: [], grants: [], leftOut: [{ about: source, text }] };
  }
  const values = {
    name,
    project,
    location,
    spec: { route_name: spec?.text('routeName'), certificate_mode: spec?.text('certificateMode') },
  };
  const type = 'google_cloud_run_domain_mapping';
  return { resources: [{ type, id: importId(type, values) ?? '', values, source }], grants: [], leftOut: [] };
}
