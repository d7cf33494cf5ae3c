import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isToken } from './literal';

/** A reference in Terraform's language, which contains the name of a resource: `${google_secret_manager_secret.shop.id}`. */
const REFERENCE = /\$\{(?:data\.)?[A-Za-z][\w-]*\.([\w-]+)(?:[.[][\w.[\]"*-]*)?\}/g;
/** A reference to an account as a principal: `serviceAccount:` and its email address. */
const MEMBER_OF_ACCOUNT = /\$\{google_service_account\.([\w-]+)\.member\}/g;

/** The expression that a token becomes in Terraform's language; undefined if cdktf cannot resolve it before the synth. */
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
 * The text of a token, with each reference replaced by the name of the resource or variable it refers to. A token's own text cannot
 * be a name: it contains a number that depends on everything made before it. Undefined if the token has more than references and
 * text, such as a function.
 */
export function nameOfToken(scope: IConstruct, token: string): string | undefined {
  const expression = expressionOf(scope, token);
  if (expression?.includes('${') !== true) return undefined;
  const name = expression.replace(MEMBER_OF_ACCOUNT, 'serviceAccount:$1').replace(REFERENCE, '$1');
  if (/[${}]/.test(name)) return undefined;
  return [...stacksOf(scope, token), name].join('.');
}

/** The other stacks that a token refers to. Two stacks may have resources of the same name. */
function stacksOf(scope: IConstruct, token: string): string[] {
  return Tokenization.reverseString(token).tokens.flatMap((reference) => {
    const stack: unknown = Reflect.get(reference, 'originStack');
    return TerraformStack.isStack(stack) && stack !== TerraformStack.of(scope) ? [stack.node.id] : [];
  });
}

/** A number, or its text, as text. A number token becomes a string token. */
export function textOf(value: number | string): string {
  return typeof value === 'number' && isToken(value) ? Token.asString(value) : String(value);
}
