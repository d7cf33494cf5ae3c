import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exposureOf, readTerraformJson } from '../../exposure';
import { describeWithTerraform, useWorkspace } from '../emulator/harness';

/** Terraform that this project did not write: nested modules, for_each, count, references that are known after apply. */
const FILES = {
  'main.tf': `
    variable "project" {
      default = "acme-prod"
    }
    variable "password" {
      default   = "canary-value"
      sensitive = true
    }
    provider "google" {
      project = var.project
    }
    resource "google_service_account" "batch" {
      account_id = "batch-account"
    }
    resource "google_cloud_run_v2_service" "each" {
      for_each = toset(["europe-west1", "us-central1"])
      name     = "each"
      location = each.key
      template {
        containers {
          image = "europe-docker.pkg.dev/acme/apps/each:1"
          env {
            name  = "PASSWORD"
            value = var.password
          }
          env {
            name  = "PLAIN"
            value = "canary-value"
          }
        }
      }
    }
    resource "google_cloud_run_v2_service_iam_member" "each" {
      for_each = google_cloud_run_v2_service.each
      name     = each.value.id
      location = each.value.location
      role     = "roles/run.invoker"
      member   = "user:\${each.key}@example.com"
    }
    module "api" {
      source   = "./api"
      for_each = toset(["one", "two"])
      service  = each.key
      invokers = ["group:support@example.com", google_service_account.batch.member]
    }
    resource "google_cloud_run_v2_service_iam_binding" "admins" {
      name     = module.api["one"].id
      location = "europe-west1"
      role     = "roles/run.admin"
      members  = ["group:admins@example.com"]
    }`,
  'api/main.tf': `
    variable "service" {}
    variable "invokers" {}
    resource "google_cloud_run_v2_service" "this" {
      name     = var.service
      location = "europe-west1"
      ingress  = "INGRESS_TRAFFIC_INTERNAL_ONLY"
      template {
        containers {
          image = "europe-docker.pkg.dev/acme/apps/api:1"
        }
      }
    }
    module "grant" {
      source   = "../grant"
      count    = 1
      service  = google_cloud_run_v2_service.this.id
      invokers = var.invokers
    }
    output "id" {
      value = google_cloud_run_v2_service.this.id
    }`,
  'grant/main.tf': `
    variable "service" {}
    variable "invokers" {}
    resource "google_cloud_run_v2_service_iam_member" "this" {
      count    = length(var.invokers)
      name     = var.service
      location = "europe-west1"
      role     = "roles/run.invoker"
      member   = var.invokers[count.index]
    }`,
};

const BATCH = 'serviceAccount:batch-account@acme-prod.iam.gserviceaccount.com';

const CALLERS = {
  'google_cloud_run_v2_service.each["europe-west1"]': ['user:europe-west1@example.com'],
  'google_cloud_run_v2_service.each["us-central1"]': ['user:us-central1@example.com'],
  'module.api["one"].google_cloud_run_v2_service.this': [
    'group:admins@example.com',
    'group:support@example.com',
    BATCH,
  ],
  'module.api["two"].google_cloud_run_v2_service.this': ['group:support@example.com', BATCH],
};

function exposure(json: unknown, side: 'before' | 'after' = 'after') {
  const read = readTerraformJson(JSON.stringify(json));
  return exposureOf('prod', read.kind === 'plan' ? read.plan[side] : read.resources);
}

function callers(json: unknown) {
  const { services } = exposure(json);
  return Object.fromEntries(services.map((service) => [service.address, service.callers]));
}

describeWithTerraform('modules, for_each and count, as the real Terraform plans them', () => {
  const workspace = useWorkspace();

  beforeEach(async () => {
    for (const [name, text] of Object.entries(FILES)) {
      const file = join(workspace.current.folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    await workspace.current.init();
  });

  test('a plan shows which grant belongs to which service before they exist', async () => {
    const { json } = await workspace.current.plan();
    expect(callers(json)).toEqual(CALLERS);
    expect(exposure(json).notes).toEqual([]);
    expect(exposure(json, 'before').services).toEqual([]);
  });

  test('the state has the same exposure, with the URLs', async () => {
    await workspace.current.apply();
    const state = await workspace.current.show();
    expect(callers(state)).toEqual(CALLERS);
    const urls = exposure(state).services.flatMap(({ entries }) => entries.map(({ url }) => url));
    expect(urls).toHaveLength(8);
    expect(urls.every((url) => /^https:\/\/\S+\.run\.app\/$/.test(url))).toBe(true);
  });

  test('a second plan has the same callers before and after', async () => {
    await workspace.current.apply();
    const { json } = await workspace.current.plan();
    expect(exposure(json, 'before')).toEqual(exposure(json));
  });

  test('no value of an environment variable is in the exposure', async () => {
    const { json } = await workspace.current.plan();
    expect(JSON.stringify(json)).toContain('canary-value');
    expect(JSON.stringify(exposure(json))).not.toContain('canary-value');
  });
});
