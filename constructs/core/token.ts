import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isToken } from './literal';

/** A reference in Terraform's language, with the name of what it refers to: `${google_secret_manager_secret.shop.id}`. */
const REFERENCE = /\$\{(?:data\.)?[A-Za-z][\w-]*\.([\w-]+)(?:[.[][\w.[\]"*-]*)?\}/g;
/** The account as a principal, which is its address with a kind in front. */
const MEMBER_OF_ACCOUNT = /\$\{google_service_account\.([\w-]+)\.member\}/g;

/** What a token becomes in Terraform's language; nothing where cdktf can not say it before the synth. */
export function expressionOf(scope: IConstruct, token: string): string | undefined {
  try {
    const resolver = new DefaultTokenResolver(new StringConcat());
    const resolved: unknown = Tokenization.resolve(token, { scope, resolver, preparing: false });
    return typeof resolved === 'string' ? resolved : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The text of a token with the names of the resources and variables that it refers to in place of the references. A token's own
 * text will not do as a name: it is a number that changes with everything that was made before. Nothing where the token is more
 * than references and text, such as a function.
 */
export function nameOfToken(scope: IConstruct, token: string): string | undefined {
  const expression = expressionOf(scope, token);
  if (expression?.includes('${') !== true) return undefined;
  const name = expression.replace(MEMBER_OF_ACCOUNT, 'serviceAccount:$1').replace(REFERENCE, '$1');
  if (/[${}]/.test(name)) return undefined;
  return [...stacksOf(scope, token), name].join('.');
}

/** The other stacks whose resources a token refers to. Two stacks may have resources of one name. */
function stacksOf(scope: IConstruct, token: string): string[] {
  return Tokenization.reverseString(token).tokens.flatMap((reference) => {
    const stack: unknown = Reflect.get(reference, 'originStack');
    return TerraformStack.isStack(stack) && stack !== TerraformStack.of(scope) ? [stack.node.id] : [];
  });
}

/** A number, or text that stands for one, as text; a token that stands for a number as one that stands for its text. */
export function textOf(value: number | string): string {
  return typeof value === 'number' && isToken(value) ? Token.asString(value) : String(value);
}
