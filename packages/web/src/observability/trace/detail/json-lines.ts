/** A JSON value as lines of a tree; only what is open is made, so a huge value costs what is seen of it. */

/** One line of the JSON tree. */
export interface JsonLine {
  readonly path: string;
  readonly depth: number;
  /** Key or index before the value; undefined at the root. */
  readonly label: string | undefined;
  readonly value: unknown;
  /** Number of entries when it is a container. */
  readonly size: number | undefined;
  readonly open: boolean;
}

/** Containers below this depth, or with more entries, start closed. */
const openDepth = 3;
const openSize = 60;

/** True when a container is open unless the reader said otherwise. */
export function isOpenAtFirst(depth: number, size: number): boolean {
  return depth === 0 || (depth < openDepth && size <= openSize);
}

/** The open lines. `toggled` holds paths whose state differs from the first one. */
export function toJsonLines(value: unknown, toggled: ReadonlySet<string>): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  const stack: Omit<JsonLine, 'size' | 'open'>[] = [
    { path: '$', depth: 0, label: undefined, value },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const entries = listEntries(next.value);
    const first = entries !== undefined && isOpenAtFirst(next.depth, entries.length);
    const open = entries !== undefined && first !== toggled.has(next.path);
    lines.push({ ...next, size: entries?.length, open });
    if (!open) continue;
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const entry = entries[index];
      if (entry === undefined) continue;
      stack.push({
        path: `${next.path}.${entry[0]}`,
        depth: next.depth + 1,
        label: entry[0],
        value: entry[1],
      });
    }
  }
  return lines;
}

function listEntries(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (Array.isArray(value))
    return value.map((item, index) => [String(index), item as unknown] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

/** A leaf as JSON, cut to `limit` characters, and how many were left out. */
export function toLeafText(
  value: unknown,
  limit: number,
): { readonly text: string; readonly more: number } {
  if (typeof value !== 'string') return { text: JSON.stringify(value) ?? 'undefined', more: 0 };
  const more = Math.max(0, value.length - limit);
  return { text: JSON.stringify(more > 0 ? value.slice(0, limit) : value), more };
}
