import type { Cloud, ObjectValue } from '../../emulator';
import { referencedId } from '../../emulator/identity';
import { objectsIn, type Value } from '../../emulator/protocol/values';
import { lastPart } from '../../emulator/suppress';

const INVOKER = 'roles/run.invoker';

/**
 * Why no load balancer of a cloud answers a request to `host` and `path` on port 443; undefined if one does. Checks whether some
 * forwarding rule leads to parts that are all there, down to services that everybody may call.
 */
export function whyClosed(cloud: Cloud, host: string, path = '/'): string | undefined {
  const rules = cloud.all('google_compute_global_forwarding_rule').filter(([, rule]) => rule.port_range === '443-443');
  const reasons = rules.map(([, rule]) => new Request(cloud, host, path).closedAt(rule));
  return reasons.includes(undefined) ? undefined : `nothing answers: ${reasons.join(', ')}`;
}

class Request {
  constructor(
    private readonly cloud: Cloud,
    private readonly host: string,
    private readonly path: string,
  ) {}

  closedAt(rule: ObjectValue): string | undefined {
    const proxy = this.find('google_compute_target_https_proxy', rule.target);
    if (!proxy) return `the rule ${rule.name} leads nowhere`;
    const map = this.find('google_compute_url_map', proxy.url_map);
    if (!map) return `the proxy ${proxy.name} leads nowhere`;
    return this.withoutCertificate(proxy) ?? this.backendClosed(this.backendOf(map));
  }

  private withoutCertificate(proxy: ObjectValue): string | undefined {
    const names = values(proxy.ssl_certificates).flatMap((id) =>
      objectsIn(this.find('google_compute_managed_ssl_certificate', id)?.managed).flatMap(({ domains }) =>
        values(domains),
      ),
    );
    const entries = this.cloud.all('google_certificate_manager_certificate_map_entry');
    const hostNames = proxy.certificate_map
      ? entries
          .filter(([id]) => id.startsWith(`${referencedId(proxy.certificate_map)}/`))
          .filter(([, entry]) =>
            values(entry.certificates).every((id) => this.find('google_certificate_manager_certificate', id)),
          )
          .map(([, entry]) => entry.hostname)
      : [];
    return [...names, ...hostNames].includes(this.host) ? undefined : `no certificate is for ${this.host}`;
  }

  /** URL maps, "Path matchers": the host's, then the longest path. */
  private backendOf(map: ObjectValue): Value {
    const rule = objectsIn(map.host_rule).find(({ hosts }) => values(hosts).includes(this.host));
    const matcher = objectsIn(map.path_matcher).find(({ name }) => name === rule?.path_matcher);
    if (!matcher) return map.default_service;
    const longest = objectsIn(matcher.path_rule)
      .flatMap((each) => values(each.paths).map((pattern) => ({ pattern: String(pattern), backend: each.service })))
      .filter(({ pattern }) =>
        pattern.endsWith('/*') ? this.path.startsWith(pattern.slice(0, -1)) : this.path === pattern,
      )
      .sort((a, b) => b.pattern.length - a.pattern.length)[0];
    return longest?.backend ?? matcher.default_service;
  }

  private backendClosed(id: Value): string | undefined {
    const backend = this.find('google_compute_backend_service', id);
    if (!backend) return `there is no backend ${id}`;
    const policy = backend.security_policy;
    if (policy && !this.find('google_compute_security_policy', policy)) return `there is no policy ${policy}`;
    const groups = objectsIn(backend.backend).map(({ group }) => group);
    if (groups.length === 0) return `the backend ${backend.name} has no groups`;
    return groups.map((group) => this.groupClosed(group)).find((reason) => reason !== undefined);
  }

  private groupClosed(id: Value): string | undefined {
    const group = this.find('google_compute_region_network_endpoint_group', id);
    const [target] = objectsIn(group?.cloud_run);
    if (!group || !target) return `there is no group ${id}`;
    const service = `projects/${group.project}/locations/${lastPart(group.region)}/services/${target.service}`;
    if (!this.find('google_cloud_run_v2_service', service)) return `there is no service ${service}`;
    return this.cloud.policy(service)[INVOKER]?.includes('allUsers') ? undefined : `${service} refuses everybody`;
  }

  private find(type: string, reference: Value): ObjectValue | undefined {
    return this.cloud.find(type, referencedId(reference));
  }
}

function values(list: Value): Value[] {
  return Array.isArray(list) ? list : [];
}
