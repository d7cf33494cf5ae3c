import { Lazy, TerraformResource, type TerraformStack, type TerraformVariable } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addressOf, addressPart } from './address';
import type { Origin } from './finding';
import { isToken } from './literal';
import { sortedSet } from './order';
import { nameOfToken } from './token';

const OF_A_NAME = 'an address or name is made from it';

/** Two resources or variables with the same Terraform address. cdktf would merge them into one without an error. */
export interface AddressConflict {
  readonly address: string;
  readonly first: Origin;
  readonly second: Origin;
}

/** The Terraform addresses in a stack: what claimed each one, and which resources Terraform moves or forgets. */
export class Addresses {
  private readonly origins = new Map<string, Origin>();
  private readonly placed = new Set<IConstruct>();
  private readonly claimedTwice: AddressConflict[] = [];
  /** The places with a token where a known value is needed, and the reason. */
  readonly refusedTokens: { readonly origin: Origin; readonly reason: string }[] = [];

  private readonly forgotten: string[] = [];
  private readonly moves: { from: string; to: string }[] = [];

  /**
   * @param movesFromCdktf whether resources move from the address that cdktf gives them. They had that address in a plain
   *   `TerraformStack` up to version 0.1.0.
   */
  constructor(
    private readonly stack: TerraformStack,
    private readonly movesFromCdktf: boolean,
  ) {}

  /**
   * Gives a resource its address, and claims the address. Nothing may refer to the resource before this call.
   * @param oldName the name in the resource's earlier address; Terraform moves the resource from there
   * @returns the resource
   */
  place<Resource extends TerraformResource>(
    resource: Resource,
    name: string,
    origin: Origin,
    oldName?: string,
  ): Resource {
    // Two `moved` blocks must not end at the same address, but one may start where another ends.
    if (this.movesFromCdktf) this.moveFromCdktf(resource, oldName ?? name);
    resource.overrideLogicalId(name);
    if (oldName !== undefined) resource.moveFromId(`${resource.terraformResourceType}.${oldName}`);
    this.placed.add(resource);
    this.claim(addressOf(resource), origin);
    return resource;
  }

  /** A name as a part of an address: see `addressPart`. For a token it is the name of what the token refers to. */
  part(text: string, origin: Origin): string {
    if (!isToken(text)) return addressPart(text);
    const name = nameOfToken(this.stack, text);
    if (name !== undefined) return addressPart(name);
    return `unnamed_${this.refuseToken(origin, OF_A_NAME)}`;
  }

  /** A value that addresses or names are made from. A token is refused; the text returned for it is never synthesized. */
  known(text: string, origin: Origin): string {
    if (!isToken(text)) return text;
    return `unnamed-${this.refuseToken(origin, OF_A_NAME)}`;
  }

  /** Records a token where a known value is needed. Returns the number of such tokens. */
  refuseToken(origin: Origin, reason: string): number {
    return this.refusedTokens.push({ origin, reason });
  }

  /** Gives a variable its name, and claims its address. */
  placeVariable(variable: TerraformVariable, name: string, origin: Origin): void {
    variable.overrideLogicalId(name);
    this.claim(`var.${name}`, origin);
  }

  /**
   * Makes Terraform forget a resource that may be in the state, without destroying it: the resource that replaces it now manages
   * the same object. cdktf has no construct for a `removed` block.
   */
  forget(address: string): void {
    if (this.forgotten.length === 0)
      this.stack.addOverride('removed', Lazy.anyValue({ produce: () => this.removedBlocks() }));
    this.forgotten.push(address);
  }

  /** The origin that claimed each address, in the order of the claims. */
  claims(): ReadonlyMap<string, Origin> {
    return this.origins;
  }

  /** The name of a construct in addresses: the ids of the constructs that contain it and its own id, joined by `_`. */
  prefixOf(construct: IConstruct): string {
    const scopes = construct.node.scopes;
    return scopes
      .slice(scopes.indexOf(this.stack) + 1)
      .map((scope) => scope.node.id)
      .join('_');
  }

  /** Addresses that were claimed twice, and claimed addresses that another resource of the stack has. */
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
    // An array, not a lazy value: a lazy value would replace the user's own moves.
    if (this.moves.length === 0) this.stack.addOverride('moved', this.moves);
    const type = resource.terraformResourceType;
    this.moves.push({ from: `${type}.${cdktfName}`, to: `${type}.${name}` });
  }

  private removedBlocks() {
    return sortedSet(this.forgotten).map((from) => ({ from, lifecycle: { destroy: false } }));
  }
}
