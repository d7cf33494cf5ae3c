import { googleAccount } from './identity';
import type { Entry, ExposureReport, ServiceExposure, StackExposure } from './report';
import { AUTHENTICATION_WORDS } from './words';

/** More callers than these are summed up: an arrow has room for a few words. */
const MOST_CALLERS_ON_AN_EDGE = 2;

/** The pictures of all stacks, one flowchart each, under a comment with the stack's name. */
export function exposureMermaid(report: ExposureReport): string {
  return report.stacks.map((stack) => `%% ${stack.name.replace(/\s+/g, ' ')}\n${mermaid(stack)}`).join('\n');
}

/** A flowchart of one stack: where requests come from, the load balancers, the services. */
export function mermaid(stack: StackExposure): string {
  const chart = new Flowchart(stack);
  for (const [i, service] of stack.services.entries()) chart.addService(service, `service${i}`);
  return chart.text();
}

class Flowchart {
  private readonly nodes = new Map<string, string>();
  private readonly edges = new Set<string>();
  private readonly balancers = new Map<string, string>();
  private readonly callers = new Map<string, string>();

  constructor(private readonly stack: StackExposure) {
    for (const [i, service] of stack.services.entries())
      this.callers.set(`Cloud Run service ${service.name}`, `service${i}`);
  }

  text(): string {
    const group = (from: RegExp, id: string, title: string) => {
      const nodes = [...this.nodes].filter(([name]) => from.test(name)).map(([, node]) => `    ${node}\n`);
      return nodes.length === 0 ? '' : `  subgraph ${id} [${label(title)}]\n${nodes.join('')}  end\n`;
    };
    return [
      'flowchart LR\n',
      group(/^(internet|internal|unknown|caller\d+)$/, 'sources', 'where requests come from'),
      group(/^balancer/, 'balancers', 'load balancers'),
      group(/^service/, 'services', this.stack.name),
      [...this.edges].map((edge) => `  ${edge}\n`).join(''),
    ].join('');
  }

  addService(service: ServiceExposure, id: string): void {
    this.nodes.set(id, `${id}[${label(service.name, service.location)}]`);
    for (const entry of service.entries) {
      if (entry.from === 'nowhere') continue;
      if (entry.via === 'load-balancer') this.addBalanced(entry, id);
      else this.edge(this.source(entry), id, [nameOf(entry), this.who(entry)]);
    }
    this.addIdentities(service, id);
  }

  private addBalanced(entry: Entry, service: string): void {
    const urlMap = entry.through.find((address) => address.includes('url_map.')) ?? entry.through.join(' ');
    let balancer = this.balancers.get(urlMap);
    if (balancer === undefined) {
      balancer = `balancer${this.balancers.size}`;
      this.balancers.set(urlMap, balancer);
      this.nodes.set(balancer, `${balancer}{{${label(urlMap)}}}`);
    }
    this.edge(this.source(entry), balancer, []);
    const armor = entry.securityPolicy === undefined ? [] : ['Cloud Armor'];
    this.edge(balancer, service, [hostOf(entry.url), this.who(entry), ...armor]);
  }

  /** The callers that are something else in the stack, or a Google product, as nodes of their own. */
  private addIdentities(service: ServiceExposure, id: string): void {
    for (const principal of service.callers) {
      for (const name of this.stack.identities[principal] ?? []) {
        const caller = this.callerNode(name);
        if (caller !== id) this.edge(caller, id, []);
      }
    }
  }

  private callerNode(name: string): string {
    let id = this.callers.get(name);
    if (id === undefined) {
      id = `caller${this.callers.size}`;
      this.callers.set(name, id);
      this.nodes.set(id, `${id}([${label(name)}])`);
    }
    return id;
  }

  private source(entry: Entry): string {
    const [id, name] =
      entry.from === 'internet'
        ? ['internet', 'internet']
        : entry.from === 'internal'
          ? ['internal', "VPC networks and Google's callers of the project"]
          : ['unknown', 'from where is known after apply'];
    this.nodes.set(id, `${id}((${label(name)}))`);
    return id;
  }

  private who({ authentication, callers }: Entry): string {
    if (authentication === 'iam' && callers.length === 0) return 'nobody';
    const named = authentication === 'iam' || authentication === 'iap';
    if (!named || callers.length === 0 || callers.length > MOST_CALLERS_ON_AN_EDGE)
      return AUTHENTICATION_WORDS[authentication];
    const names = callers.map((caller) => this.stack.identities[caller]?.join(', ') ?? googleAccount(caller) ?? caller);
    return `${names.join(', ')}${authentication === 'iap' ? ' through IAP' : ''}`;
  }

  private edge(from: string, to: string, words: readonly string[]): void {
    this.edges.add(words.length === 0 ? `${from} --> ${to}` : `${from} -->|${label(...words)}| ${to}`);
  }
}

function nameOf(entry: Entry): string {
  if (entry.via !== 'run.app') return hostOf(entry.url);
  return entry.tag === undefined ? 'run.app' : `run.app, tag ${entry.tag}`;
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** Quoted text: what Mermaid would take for markup is written as entity codes (mermaid.js.org/syntax/flowchart.html). */
function label(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replace(/[#&<>"`]/g, (character) => `#${character.charCodeAt(0)};`).replace(/[\r\n]+/g, ' '),
  );
  // Mermaid takes empty quotes for an error.
  return `"${escaped.join('<br/>') || ' '}"`;
}
