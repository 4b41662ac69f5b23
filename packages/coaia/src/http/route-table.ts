/** Orders routes so that literal paths win over parameters, and knows which methods a path takes. */
import type { Route } from '#surface';

export interface PathEntry {
  /** The path as Hono takes it. */
  readonly path: string;
  readonly routes: readonly Route[];
  /** For the Allow header. */
  readonly allow: string;
  /** Methods that other origins may call with a Bearer public key; empty: none. */
  readonly open: string;
}

/** One entry per address, most literal first. Fails when two routes claim the same method of an address. */
export function toPathEntries(routes: readonly Route[]): readonly PathEntry[] {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const shape = route.path.replaceAll(/:[A-Za-z]\w*/g, ':');
    const group = groups.get(shape) ?? [];
    if (group.some((other) => other.method === route.method))
      throw new TypeError(`two routes for ${route.method} ${route.path}`);
    groups.set(shape, [...group, route]);
  }
  return [...groups]
    .toSorted(([left], [right]) => compare(left, right))
    .map(([, group]) => toEntry(group));
}

function toEntry(group: readonly Route[]): PathEntry {
  const methods = group.map((route) => route.method as string);
  if (methods.includes('GET')) methods.push('HEAD');
  const open = group.filter((route) => route.access === 'scores').map((route) => route.method);
  return {
    path: group[0]?.path ?? '/',
    routes: group,
    allow: [...methods, 'OPTIONS'].join(', '),
    open: open.join(', '),
  };
}

/** In the same place a literal segment sorts before a parameter, and that before one that takes slashes too. */
function compare(left: string, right: string): number {
  const a = left.split('/');
  const b = right.split('/');
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = toRank(a[index]) - toRank(b[index]);
    if (difference !== 0) return difference;
  }
  return left < right ? -1 : 1;
}

function toRank(segment: string | undefined): number {
  if (segment?.startsWith(':') !== true) return 0;
  return segment === ':' ? 1 : 2;
}
