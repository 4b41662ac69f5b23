/**
 * JSONPath (RFC 9535) without filter expressions: names, indexes, slices, wildcards and descendants. Enough to
 * point into what was recorded, and nothing in it can take long.
 */
import { isObject } from '#base';
import type { Json } from '#base';

type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start: number | undefined; readonly end: number | undefined }
  | { readonly kind: 'all' };

export interface Step {
  readonly selectors: readonly Selector[];
  /** Also below, at any depth. */
  readonly isDeep: boolean;
}

/** Most values that one path may select. */
const MOST = 10_000;

const STEP = /(\.\.|\.)?(?:([A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)|(\*)|\[([^\]]*)\])/y;
const QUOTED = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")$/;

/** Steps of a path; undefined when it cannot be read. */
export function parseJsonPath(path: string): readonly Step[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: Step[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    const step = found === null ? undefined : toStep(found);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}

function toStep(found: RegExpExecArray): Step | undefined {
  const [, dots, name, star, inside] = found;
  const isDeep = dots === '..';
  if (inside !== undefined) {
    // A single dot never stands before a bracket.
    if (dots === '.') return undefined;
    const selectors = inside
      .split(/,(?=(?:[^'"]|'[^']*'|"[^"]*")*$)/)
      .map((part) => toSelector(part.trim()));
    const all = selectors.filter((selector) => selector !== undefined);
    return all.length === selectors.length ? { selectors: all, isDeep } : undefined;
  }
  if (dots === undefined) return undefined;
  if (star !== undefined) return { selectors: [{ kind: 'all' }], isDeep };
  return { selectors: [{ kind: 'name', name: name ?? '' }], isDeep };
}

function toSelector(text: string): Selector | undefined {
  if (text === '*') return { kind: 'all' };
  if (/^-?(?:0|[1-9]\d{0,8})$/.test(text)) return { kind: 'index', index: Number(text) };
  const slice = /^(-?\d{0,9}):(-?\d{0,9})$/.exec(text);
  if (slice !== null) {
    const [start, end] = [slice[1], slice[2]].map((part) =>
      part === '' ? undefined : Number(part),
    );
    return { kind: 'slice', start, end };
  }
  const quoted = QUOTED.exec(text);
  if (quoted === null) return undefined;
  return { kind: 'name', name: (quoted[1] ?? quoted[2] ?? '').replaceAll(/\\(.)/g, '$1') };
}

/**
 * What the path selects. One value where the path can only mean one (undefined when it is not there), else the
 * list of all. A text that holds JSON is read as JSON first.
 */
export function readJsonPath(value: Json, path: string): Json | undefined {
  const steps = parseJsonPath(path) ?? [];
  let found: readonly Json[] = [toParsed(value)];
  for (const step of steps) found = found.flatMap((one) => select(one, step)).slice(0, MOST);
  return steps.every((step) => isSingle(step)) ? found[0] : found;
}

function isSingle({ isDeep, selectors }: Step): boolean {
  const [first] = selectors;
  return !isDeep && selectors.length === 1 && (first?.kind === 'name' || first?.kind === 'index');
}

function toParsed(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function select(value: Json, { isDeep, selectors }: Step): readonly Json[] {
  const places = isDeep ? listDescendants(value) : [value];
  return places.flatMap((place) => selectors.flatMap((selector) => pick(place, selector)));
}

function pick(value: Json, selector: Selector): readonly Json[] {
  if (Array.isArray(value)) return pickFromList(value as readonly Json[], selector);
  if (!isObject(value)) return [];
  if (selector.kind === 'all') return Object.values(value);
  if (selector.kind !== 'name' || !Object.hasOwn(value, selector.name)) return [];
  return [value[selector.name] ?? null];
}

function pickFromList(list: readonly Json[], selector: Selector): readonly Json[] {
  if (selector.kind === 'all') return list;
  if (selector.kind === 'slice') return list.slice(selector.start ?? 0, selector.end);
  if (selector.kind === 'name') return [];
  const one = list.at(selector.index);
  return one === undefined ? [] : [one];
}

/** The value and everything below, top first. */
function listDescendants(value: Json): readonly Json[] {
  const all: Json[] = [value];
  for (let index = 0; index < all.length && all.length < MOST; index++) {
    const one = all[index] ?? null;
    if (Array.isArray(one)) all.push(...(one as readonly Json[]));
    else if (isObject(one)) all.push(...Object.values(one));
  }
  return all;
}
