import { parseAllDocuments } from 'yaml';
import { type Inventory, isJson, type Json, type Remark } from '../found';
import { isApiObject, readApiObject } from './api';
import { isDomainMapping, readDomainMapping } from './domain-mapping';
import { isKnativeService, type ReadingPlace, readKnative } from './knative';
import { isPolicy, readPolicies, type ServicePolicy } from './policy';
import { isTerraform, readTerraform, together } from './terraform';

/** A file to adopt from. */
export interface InputFile {
  /** The file's name, for messages; for a policy it may also show the service. */
  readonly name: string;
  readonly text: string;
  /** The service of the IAM policy in the file. */
  readonly service?: string;
}

/** Reads exports of gcloud, states and plans of Terraform, and IAM policies; their content shows which they are. */
export function readFiles(files: readonly InputFile[], place: ReadingPlace): Inventory {
  const policies: ServicePolicy[] = [];
  const inventories = files.flatMap(({ name, text, service }) => {
    const { documents, refusal } = documentsIn(text);
    if (refusal) return [{ resources: [], grants: [], leftOut: [], unreadable: [{ about: name, text: refusal }] }];
    return documents.flatMap((document) => {
      if (!isJson(document)) return [withRemark(name, unknown(document))];
      if (!isTerraform(document) && isPolicy(document)) {
        policies.push({ document, file: name, service });
        return [];
      }
      return [readDocument(document, name, place)];
    });
  });
  const found = together(inventories);
  return together([found, readPolicies(policies, found)]);
}

function readDocument(document: Json, file: string, place: ReadingPlace): Inventory {
  if (isTerraform(document)) return readTerraform(document, file);
  if (isKnativeService(document)) return readKnative(document, file, place);
  if (isDomainMapping(document)) return readDomainMapping(document, file, place);
  if (isApiObject(document)) return readApiObject(document, file);
  return withRemark(file, unknown(document));
}

/** The documents of a file: those of a YAML stream, or the elements of a list. */
function documentsIn(text: string): { readonly documents: unknown[]; readonly refusal?: string } {
  if (text.trim() === '') return { documents: [], refusal: 'the file is empty' };
  const json = /^\s*[[{]/.test(text) ? parsedJson(text) : undefined;
  if (json !== undefined) return { documents: elementsOf(json) };
  const parsed = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error) return { documents: [], refusal: `neither YAML nor JSON: ${error.message.split('\n')[0]}` };
  try {
    return { documents: documents.flatMap((each) => elementsOf(each.toJS({ maxAliasCount: 100 }))) };
  } catch {
    return { documents: [], refusal: 'its aliases cannot be resolved' };
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function elementsOf(document: unknown): unknown[] {
  if (document === null || document === undefined) return [];
  if (Array.isArray(document)) return document.flatMap(elementsOf);
  const isList = isJson(document) && typeof document.kind === 'string' && /List$/.test(document.kind);
  return isList && isJson(document) && Array.isArray(document.items) ? document.items.flatMap(elementsOf) : [document];
}

function withRemark(about: string, text: string): Inventory {
  const remark: Remark = { about, text };
  return { resources: [], grants: [], leftOut: [remark] };
}

/** Words for a document that cannot be adopted. */
function unknown(document: unknown): string {
  if (!isJson(document)) return 'is neither a service nor anything else that can be adopted';
  const { apiVersion, kind } = document;
  if (kind === 'Service' && apiVersion === 'v1')
    return 'is a Kubernetes Service, which is a name in a cluster; export the Cloud Run service with `gcloud run services describe NAME --format export`';
  if (kind === 'Job' && String(apiVersion).startsWith('run.googleapis.com/'))
    return 'is a Cloud Run job; only services can be adopted';
  if (typeof kind === 'string')
    return `is a ${kind} of ${apiVersion ?? 'an unknown API'}, which is not a Cloud Run service`;
  if (isJson(document.services) && 'environments' in document) return 'is a services.yaml already';
  if (isJson(document.services)) return 'is a compose file: write its services into services.yaml by hand';
  if (Array.isArray(document.resources) && 'lineage' in document)
    return 'is a raw state file; pass the output of `terraform show -json`';
  return 'is neither an export of gcloud nor the output of `terraform show -json`';
}
