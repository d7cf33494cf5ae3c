import { googleAccount } from '../identity';
import type { Entry, ExposureReport, Origin, ServiceExposure, StackExposure } from '../report';
import { AUTHENTICATION_WORDS } from '../words';

/** How many callers an arrow names; more are summed up, since an arrow has room for a few words only. */
const MOST_CALLERS_ON_AN_EDGE = 2;

/** The pictures of all stacks, one flowchart each, under a comment with the stack's name. */
export function exposureMermaid(report: ExposureReport): string {
  return report.stacks.map((stack) => `%% ${stack.name.replace(/\s+/g, ' ')}\n${mermaid(stack)}`).join('\n');
}

/** A flowchart of one stack: where requests come from, the load balancers, the services. */
export function mermaid(stack: StackExposure): string {
  return new Flowchart(stack).text();
}

type Group = 'source' | 'balancer' | 'service';

interface Edge {
  readonly from: string;
  readonly to: string;
  /** The host names on one arrow: names that are open to the same callers share it. */
  readonly names: string[];
  readonly who: readonly string[];
}

class Flowchart {
  private readonly nodes: Readonly<Record<Group, Map<string, string>>> = {
    source: new Map(),
    balancer: new Map(),
    service: new Map(),
  };
  private readonly edges = new Map<string, Edge>();
  private readonly ids = new Map<string, string>();
  private readonly idsInUse = new Set<string>();

  constructor(private readonly stack: StackExposure) {
    for (const service of stack.services) {
      this.node('service', serviceKey(service), service.name, `[${label(service.name, service.location)}]`);
      this.ids.set(`Cloud Run service ${service.name}`, this.ids.get(serviceKey(service)) ?? '');
    }
    for (const service of stack.services) this.addService(service);
  }

  text(): string {
    const edges = [...this.edges.values()].map(({ from, to, names, who }) =>
      names.length + who.length === 0 ? `  ${from} --> ${to}\n` : `  ${from} -->|${label(...names, ...who)}| ${to}\n`,
    );
    return [
      'flowchart LR\n',
      this.group('source', 'where requests come from'),
      this.group('balancer', 'load balancers'),
      this.group('service', this.stack.name),
      ...edges,
    ].join('');
  }

  private group(group: Group, title: string): string {
    const nodes = [...this.nodes[group].values()].map((node) => `    ${node}\n`);
    return nodes.length === 0 ? '' : `  subgraph ${group}s [${label(title)}]\n${nodes.join('')}  end\n`;
  }

  /** A node's id is made from its name, so that a committed picture changes only if the exposure changes. */
  private node(group: Group, key: string, name: string, shape: string): string {
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const base = `${group}_${name.replace(/[^A-Za-z0-9]+/g, '_')}`;
    let id = base;
    for (let i = 2; this.idsInUse.has(id); i += 1) id = `${base}_${i}`;
    this.idsInUse.add(id);
    this.ids.set(key, id);
    this.nodes[group].set(id, id + shape);
    return id;
  }

  private addService(service: ServiceExposure): void {
    const id = this.ids.get(serviceKey(service)) ?? '';
    for (const entry of service.entries) {
      if (entry.from === 'nowhere') continue;
      if (entry.via === 'load-balancer') this.addBalanced(entry, id);
      else this.edge(this.source(entry), id, nameOf(entry), [this.who(entry)]);
    }
    for (const name of service.callers.flatMap((principal) => this.stack.identities[principal] ?? [])) {
      const caller = this.node('source', name, name, `([${label(name)}])`);
      if (caller !== id) this.edge(caller, id, undefined, []);
    }
  }

  private addBalanced(entry: Entry, service: string): void {
    const urlMap = entry.through.find((address) => address.includes('url_map.')) ?? entry.through.join(' ');
    const balancer = this.node('balancer', urlMap, urlMap, `{{${label(urlMap)}}}`);
    this.edge(this.source(entry), balancer, undefined, []);
    const armor = entry.securityPolicy === undefined ? [] : ['behind Cloud Armor'];
    this.edge(balancer, service, hostOf(entry.url), [this.who(entry), ...armor]);
  }

  private source({ from }: Entry): string {
    const name = SOURCES[from];
    return this.node(
      'source',
      `from ${from}`,
      from === 'internet' || from === 'internal' ? from : 'unknown',
      `([${label(name)}])`,
    );
  }

  private who({ authentication, callers }: Entry): string {
    if (authentication === 'iam' && callers.length === 0) return 'nobody';
    const named = authentication !== 'none' && authentication !== 'any-google-account';
    if (!named || callers.length === 0 || callers.length > MOST_CALLERS_ON_AN_EDGE) {
      return AUTHENTICATION_WORDS[authentication];
    }
    const names = callers.map((caller) => this.stack.identities[caller]?.join(', ') ?? googleAccount(caller) ?? caller);
    return `${names.join(', ')}${authentication === 'iap' ? ' through IAP' : ''}`;
  }

  private edge(from: string, to: string, name: string | undefined, who: readonly string[]): void {
    const key = JSON.stringify([from, to, who]);
    const alike = this.edges.get(key) ?? { from, to, names: [], who };
    this.edges.set(key, alike);
    if (name !== undefined) alike.names.push(name);
  }
}

/** The names of origins in the picture; an entry from `nowhere` is not drawn. */
const SOURCES: Readonly<Record<Origin, string>> = {
  internet: 'internet',
  internal: 'VPC networks, Google products of the project',
  nowhere: 'nowhere',
  '(known after apply)': '(known after apply)',
};

function serviceKey({ address }: ServiceExposure): string {
  return `service ${address}`;
}

function nameOf(entry: Entry): string {
  if (entry.via !== 'run.app') return hostOf(entry.url);
  return entry.tag === undefined ? 'run.app' : `run.app, tag ${entry.tag}`;
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** Quoted text: characters that are markup in Mermaid are written as entity codes (mermaid.js.org/syntax/flowchart.html). */
function label(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replace(/[#&<>"`]/g, (character) => `#${character.charCodeAt(0)};`).replace(/[\r\n]+/g, ' '),
  );
  // Mermaid takes empty quotes for an error.
  return `"${escaped.join('<br/>') || ' '}"`;
}
