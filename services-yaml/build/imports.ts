import { TerraformResource } from 'cdktf';
import { addressOf } from '../../constructs/core/address';
import { didYouMean } from '../../constructs/core/nearest';
import type { CloudRunStack } from '../../constructs/stack/cloud-run-stack';
import { isMap } from '../load/explain';
import { dotted, type Path } from '../load/path';
import { inOrder, type Problem } from '../load/problem';
import { readYaml, type YamlFile } from '../load/yaml-file';

/**
 * Adds an `import` block (Terraform 1.5) for each entry of imports.yaml: by environment, an address of the stack and the id that
 * `terraform import` takes. After the first apply the block has no effect. Returns the problems of the file.
 */
export function addImports(stacks: readonly CloudRunStack[], text: string): Problem[] {
  const file = readYaml(text);
  if (file.problems.length > 0) return [...file.problems];
  if (file.value === null || file.value === undefined) return [];
  if (!isMap(file.value)) return [problem(file, [], 'write the environments as a map: `prod: {ADDRESS: ID}`')];
  const problems = Object.entries(file.value).flatMap(([environment, entries]) => {
    const stack = stacks.find(({ node }) => node.id === environment);
    if (stack) return importInto(stack, entries, file);
    const names = stacks.map(({ node }) => node.id);
    return [problem(file, [environment], `there is no environment '${environment}'${didYouMean(environment, names)}`)];
  });
  return inOrder(problems);
}

function importInto(stack: CloudRunStack, entries: unknown, file: YamlFile): Problem[] {
  const environment = stack.node.id;
  if (entries === null) return [];
  if (!isMap(entries)) return [problem(file, [environment], 'write its imports as a map from address to id')];
  const resources = new Map(
    stack.node
      .findAll()
      .filter(TerraformResource.isTerraformResource)
      .map((each) => [addressOf(each), each]),
  );
  return Object.entries(entries).flatMap(([address, id]) => {
    const path = [environment, address];
    const resource = resources.get(address);
    if (typeof id !== 'string' || id.trim() === '')
      return [problem(file, path, 'write the id that `terraform import` takes')];
    if (resource === undefined) return [notInStack(file, path, [...resources.keys()])];
    resource.importFrom(id);
    return [];
  });
}

/** The warning for an address that is not in the stack: the resource was removed, or the address has a typing error. */
function notInStack(file: YamlFile, path: Path, addresses: readonly string[]): Problem {
  const address = String(path.at(-1));
  const message = `${address} is not in the stack${didYouMean(address, addresses)}; remove the line if the resource was removed`;
  return { ...problem(file, path, message), severity: 'warning' };
}

function problem(file: YamlFile, path: Path, message: string): Problem {
  return { severity: 'error', place: file.placeOfKey(path), path: dotted(path), message };
}
