import { Lazy, TerraformResource, type TerraformStack, type TerraformVariable } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addressOf, addressPart } from './address';
import type { Origin } from './finding';
import { isToken } from './literal';
import { sortedSet } from './order';
import { nameOfToken } from './token';

const OF_A_NAME = 'an address or name is made of it';

/** Two things that would share a Terraform address, which cdktf merges into one without an error. */
export interface AddressConflict {
  readonly address: string;
  readonly first: Origin;
  readonly second: Origin;
}

/** The Terraform addresses in a stack: what has which, and what Terraform is to move or forget. */
export class Addresses {
  private readonly origins = new Map<string, Origin>();
  private readonly placed = new Set<IConstruct>();
  private readonly claimedTwice: AddressConflict[] = [];
  /** Where tokens are whose value would have to be known, and why. */
  readonly refusedTokens: { readonly origin: Origin; readonly reason: string }[] = [];

  private readonly forgotten: string[] = [];
  private readonly moves: { from: string; to: string }[] = [];

  /**
   * @param movesFromCdktf whether a resource used to have the address that cdktf gives it, as it had in a plain
   *   `TerraformStack` up to version 0.1.0
   */
  constructor(
    private readonly stack: TerraformStack,
    private readonly movesFromCdktf: boolean,
  ) {}

  /**
   * Gives a resource its address and remembers what asked for it. The resource may not have been referred to before.
   * @param oldName the name in the address that the resource had before, in whose state it stays
   */
  place(resource: TerraformResource, name: string, origin: Origin, oldName?: string): void {
    // Two `moved` blocks may not lead to one address, but one may lead on to the next.
    if (this.movesFromCdktf) this.moveFromCdktf(resource, oldName ?? name);
    resource.overrideLogicalId(name);
    if (oldName !== undefined) resource.moveFromId(`${resource.terraformResourceType}.${oldName}`);
    this.placed.add(resource);
    this.claim(addressOf(resource), origin);
  }

  /** A name as a part of an address: see `addressPart`. In place of a token the name of what it refers to. */
  part(text: string, origin: Origin): string {
    if (!isToken(text)) return addressPart(text);
    const name = nameOfToken(this.stack, text);
    if (name !== undefined) return addressPart(name);
    return `unnamed_${this.refuseToken(origin, OF_A_NAME)}`;
  }

  /** A value that may be no token, since addresses or names are made of it; what stands in for one is never synthesized. */
  known(text: string, origin: Origin): string {
    if (!isToken(text)) return text;
    return `unnamed-${this.refuseToken(origin, OF_A_NAME)}`;
  }

  /** Remembers a token whose value would have to be known; returns how many there are. */
  refuseToken(origin: Origin, reason: string): number {
    return this.refusedTokens.push({ origin, reason });
  }

  /** Gives a variable its name and remembers what asked for it. */
  placeVariable(variable: TerraformVariable, name: string, origin: Origin): void {
    variable.overrideLogicalId(name);
    this.claim(`var.${name}`, origin);
  }

  /**
   * Has Terraform forget a resource that may be in the state, without destroying it: the resource that takes its place
   * owns what it made. cdktf has no construct for a `removed` block.
   */
  forget(address: string): void {
    if (this.forgotten.length === 0)
      this.stack.addOverride('removed', Lazy.anyValue({ produce: () => this.removedBlocks() }));
    this.forgotten.push(address);
  }

  /** What asked for each address, in the order in which they were asked for. */
  askedFor(): ReadonlyMap<string, Origin> {
    return this.origins;
  }

  /** The name in addresses of a construct of this stack: its id, after those of the constructs around it. */
  prefixOf(construct: IConstruct): string {
    const scopes = construct.node.scopes;
    return scopes
      .slice(scopes.indexOf(this.stack) + 1)
      .map((scope) => scope.node.id)
      .join('_');
  }

  /** Addresses that were asked for twice, and those of the stack's other resources that were asked for here. */
  conflicts(): AddressConflict[] {
    const taken = this.stack.node.findAll().flatMap((element) => {
      if (this.placed.has(element) || !TerraformResource.isTerraformResource(element)) return [];
      const address = addressOf(element as TerraformResource);
      const origin = this.origins.get(address);
      return origin ? [{ address, first: { subject: element, path: [] }, second: origin }] : [];
    });
    return [...this.claimedTwice, ...taken];
  }

  private claim(address: string, origin: Origin): void {
    const first = this.origins.get(address);
    if (first) this.claimedTwice.push({ address, first, second: origin });
    else this.origins.set(address, origin);
  }

  private moveFromCdktf(resource: TerraformResource, name: string): void {
    const cdktfName = this.stack.getLogicalId(resource);
    if (cdktfName === name) return;
    // An array rather than a lazy one, which would take the place of the user's own moves.
    if (this.moves.length === 0) this.stack.addOverride('moved', this.moves);
    const type = resource.terraformResourceType;
    this.moves.push({ from: `${type}.${cdktfName}`, to: `${type}.${name}` });
  }

  private removedBlocks() {
    return sortedSet(this.forgotten).map((from) => ({ from, lifecycle: { destroy: false } }));
  }
}
