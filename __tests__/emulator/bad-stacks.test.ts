import { describeWithTerraform, useWorkspace } from './harness';
import { member, oneService, service } from './stacks';

/** Mistakes that Terraform finds with the schema, and those that the provider finds, are errors of `validate`. */
describeWithTerraform('terraform validate refuses', () => {
  const workspace = useWorkspace();
  const grant = (more: object) => ({
    google_cloud_run_v2_service_iam_member: { x: { ...member('user:ann@example.com'), name: 'api', ...more } },
  });
  const neg = (more: object) => ({
    google_compute_region_network_endpoint_group: { x: { name: 'edge', region: 'europe-west1', ...more } },
  });

  test.each<[string, object | undefined, string]>([
    ['an unknown argument', oneService({ ingres: 'all' }).resource, 'Extraneous JSON object property'],
    ['an unknown argument of a block', oneService({}, { concurrency: 80 }).resource, 'Extraneous JSON object property'],
    ['a wrong type', oneService({ invoker_iam_disabled: 'perhaps' }).resource, 'a bool is required'],
    [
      'a wrong type in a block',
      oneService({}, { max_instance_request_concurrency: 'many' }).resource,
      'a number is required',
    ],
    [
      'a missing argument',
      { google_cloud_run_v2_service: { x: { name: 'x', template: {} } } },
      'The argument "location" is required',
    ],
    [
      'a missing block',
      { google_cloud_run_v2_service: { x: { name: 'x', location: 'europe-west1' } } },
      'At least 1 "template" blocks are required',
    ],
    [
      'two of a block that is one',
      oneService({ template: [{}, {}] }).resource,
      'No more than 1 "template" blocks are allowed',
    ],
    [
      'an enum in the wrong case',
      oneService({ ingress: 'ingress_traffic_all' }).resource,
      'expected ingress to be one of ["INGRESS_TRAFFIC_ALL"',
    ],
    [
      'an enum of a block',
      oneService({}, { execution_environment: 'gen2' }).resource,
      'expected template.0.execution_environment to be one of',
    ],
    [
      'a duration without its unit',
      oneService({}, { timeout: '300' }).resource,
      'doesn\'t match regexp "^[0-9]+(?:\\\\.[0-9]{1,9})?s$"',
    ],
    ['a member that is none', grant({ member: 'allusers' }), 'invalid value "allusers" for member'],
    [
      'a deleted member',
      grant({ member: 'deleted:serviceAccount:x@y?uid=1' }),
      'does not support IAM members for deleted principals',
    ],
    [
      'a name that Compute Engine does not take',
      neg({ name: 'Edge', cloud_run: { service: 'api' } }),
      "doesn't match regexp",
    ],
    [
      'an endpoint group of neither service nor mask',
      neg({ cloud_run: { tag: 'blue' } }),
      'one of `cloud_run.0.service,cloud_run.0.url_mask` must be specified',
    ],
    [
      'two that exclude each other',
      neg({ cloud_run: { service: 'api' }, app_engine: { service: 'a' } }),
      'conflicts with',
    ],
    [
      'none of several',
      { google_compute_url_map: { x: { name: 'x' } } },
      'one of `default_service,default_url_redirect,default_route_action.0.weighted_backend_services` must be specified',
    ],
    [
      'more than one of several',
      {
        google_certificate_manager_certificate_map_entry: {
          x: { name: 'x', map: 'm', certificates: ['c'], hostname: 'h', matcher: 'PRIMARY' },
        },
      },
      'only one of `hostname,matcher` can be specified',
    ],
    [
      'a redirect without strip_query',
      { google_compute_url_map: { x: { name: 'x', default_url_redirect: { https_redirect: true } } } },
      'The argument "strip_query" is required',
    ],
    [
      'a record without its dot',
      {
        google_dns_record_set: { x: { managed_zone: 'z', name: 'www.example.com', type: 'A', rrdatas: ['192.0.2.1'] } },
      },
      'name field must end with',
    ],
    ['a resource type that does not exist', { google_cloud_walk_service: { x: {} } }, 'Invalid resource type'],
    [
      'a resource without a behaviour',
      { google_pubsub_schema: { x: { name: 'x' } } },
      'google_pubsub_schema has no behaviour in the emulator; add emulator/resources/pubsub-schema.ts',
    ],
  ])('%s', async (_, resource, message) => {
    const stack = { resource } as Parameters<typeof workspace.current.write>[0];
    await expect(workspace.current.write(stack).validate()).rejects.toThrow(message);
  });

  test('nothing of a value that is not known yet', async () => {
    const resource = {
      google_cloud_run_v2_service: { api: service({ ingress: '${terraform_data.ingress.output}' }) },
      terraform_data: { ingress: { input: 'INGRESS_TRAFFIC_ALL' } },
    };
    await workspace.current.write({ resource }).validate();
    await workspace.current.apply();
  });
});
