/** The names that a template mentions. Walks without recursion, so that depth does not matter. */
import type { TemplateNames } from '../options.ts';
import { BODY_NAME, type Statement } from '../syntax/nodes.ts';

/** Plain object of the tree: a node, its arguments, a parameter. */
type Part = Readonly<Record<string, unknown>>;

/** Names set by a tag count as declared in the whole template, as a reader would say. */
export function collectNames(body: readonly Statement[]): TemplateNames {
  const used = new Set<string>();
  const filters = new Set<string>();
  const functions = new Set<string>();
  const declared = new Set<string>(['loop', 'caller', 'varargs', 'kwargs', 'self', BODY_NAME]);
  walk(body, (part) => {
    if (part['kind'] === 'name') used.add(String(part['name']));
    if (part['kind'] === 'filter') filters.add(String(part['name']));
    if (part['kind'] === 'call' && isPart(part['callee']) && part['callee']['kind'] === 'name')
      functions.add(String(part['callee']['name']));
    if (part['kind'] === 'macro') declared.add(String(part['name']));
    if (isPart(part['target'])) declare(part['target'], declared);
    for (const name of listOf(part['parameters'])) declared.add(String(name['name']));
    if (part['kind'] === 'with')
      for (const [target] of part['pairs'] as readonly (readonly [unknown])[])
        if (isPart(target)) declare(target, declared);
  });
  const open = (names: ReadonlySet<string>) => [...names].filter((name) => !declared.has(name));
  return {
    variables: open(used).filter((name) => !functions.has(name)),
    filters: [...filters],
    functions: open(functions),
  };
}

/** True when a body reads a name. */
export function usesName(body: readonly Statement[], name: string): boolean {
  let isUsed = false;
  walk(body, (part) => {
    isUsed ||= part['kind'] === 'name' && part['name'] === name;
  });
  return isUsed;
}

function declare(target: Part, declared: Set<string>) {
  walk(target, (part) => {
    // `ns.field = 1` does not declare `ns`.
    if (part['kind'] === 'name' && target['kind'] !== 'attribute')
      declared.add(String(part['name']));
  });
}

function walk(root: unknown, visit: (part: Part) => void) {
  const queue: unknown[] = [root];
  while (queue.length > 0) {
    const next = queue.pop();
    if (Array.isArray(next)) queue.push(...(next as unknown[]).toReversed());
    else if (isPart(next)) {
      visit(next);
      if (next['kind'] !== 'constant') queue.push(...Object.values(next).toReversed());
    }
  }
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Part[] {
  return Array.isArray(value) ? value.filter(isPart) : [];
}
