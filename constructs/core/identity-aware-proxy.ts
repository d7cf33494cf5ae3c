/** The role that lets a principal pass Identity-Aware Proxy. */
export const ACCESSOR_ROLE = 'roles/iap.httpsResourceAccessor';

/** The account that Identity-Aware Proxy uses to call a service (IAP, "Enable IAP for Cloud Run"). */
export function iapServiceAgent(projectNumber: string | undefined): string {
  return `serviceAccount:service-${projectNumber}@gcp-sa-iap.iam.gserviceaccount.com`;
}
