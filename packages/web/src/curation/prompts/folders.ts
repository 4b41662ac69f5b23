/** A folder of prompts: names with slashes lie in folders. */
export interface Folder {
  /** `team/support`; the root is empty. */
  readonly path: string;
  readonly name: string;
  /** 1 for folders of the root. */
  readonly level: number;
  /** Prompts in it and below. */
  readonly count: number;
}

/** Every folder once, a parent before its children, by name. */
export function toFolders(names: readonly string[]): readonly Folder[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const parts = name.split('/').slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const path = parts.slice(0, depth).join('/');
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([a], [b]) => comparePaths(a.split('/'), b.split('/')))
    .map(([path, count]) => {
      const parts = path.split('/');
      return { path, count, name: parts.at(-1) ?? '', level: parts.length };
    });
}

const byName = new Intl.Collator('en', { numeric: true });

// By parts, so that a folder's children follow it at once whatever its neighbours are called.
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = byName.compare(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** True for a prompt inside the folder or below; the root holds all. */
export function isInFolder(name: string, folder: string): boolean {
  return folder === '' || name.startsWith(`${folder}/`);
}
