/** Attributes with dotted names (`0.message.content`) as the nested value they describe. */
import { toContent } from './content.ts';

/** Longest list and deepest path that dotted names may describe; beyond it the name is kept as one key. */
const MAX_INDEX = 10_000;
const MAX_PARTS = 16;

interface Node {
  readonly members: Map<string, Node>;
  value?: unknown;
}

/** Builds one value from names and values; where all keys of a level are list positions it is a list. */
export function toNested(entries: readonly (readonly [name: string, value: unknown])[]): unknown {
  const root: Node = { members: new Map() };
  for (const [name, value] of entries) {
    const parts = name.split('.');
    let node = root;
    for (const part of parts.length > MAX_PARTS ? [name] : parts) {
      let next = node.members.get(part);
      if (next === undefined) {
        next = { members: new Map() };
        node.members.set(part, next);
      }
      node = next;
    }
    node.value = toContent(value);
  }
  return toValue(root);
}

function toValue(node: Node): unknown {
  if (node.members.size === 0) return node.value;
  const keys = [...node.members.keys()];
  const list = node.value === undefined && keys.every(isIndex);
  if (list) {
    return [...node.members]
      .toSorted(([a], [b]) => Number(a) - Number(b))
      .map(([, member]) => toValue(member));
  }
  const object = Object.create(null) as Record<string, unknown>;
  if (node.value !== undefined) object['value'] = node.value;
  for (const [key, member] of node.members) object[key] = toValue(member);
  return object;
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,4})$/.test(key) && Number(key) < MAX_INDEX;
}
