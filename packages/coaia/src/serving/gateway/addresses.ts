/** Every address of the gateway: which family it belongs to and what answers it. */
import type { Answer, Dialect } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import type { Target } from './predict.ts';

/** Variable parts of an address. */
export interface AddressTarget extends Target {
  /** The caller's own id of a prediction (cog). */
  readonly id?: string | undefined;
}

export type Handle = (
  gateway: Gateway,
  exchange: Exchange,
  target: AddressTarget,
) => Answer | Promise<Answer>;

export interface Address {
  readonly dialect: Dialect;
  readonly methods: Readonly<Partial<Record<'GET' | 'POST' | 'PUT', Handle>>>;
  /** Answers without a key: health, and the documents that tell how to ask. */
  readonly isOpen?: boolean;
}

/**
 * `/v1/models/:model/predict` by address; `:model`, `:version` and `:id` stand for one segment, which may end in a
 * verb: `:model:predict`.
 */
export type AddressTable = Readonly<Record<string, Address>>;

export interface Match {
  readonly address: Address;
  readonly target: AddressTarget;
}

interface Pattern {
  readonly address: Address;
  readonly expression: RegExp;
}

const NOTHING: AddressTarget = {};

/** Prepares the table; what it returns finds the address of a path. */
export function createFinder(table: AddressTable): (path: string) => Match | undefined {
  const fixed = new Map<string, Match>();
  const patterns: Pattern[] = [];
  for (const [path, address] of Object.entries(table)) {
    if (!path.includes('/:')) fixed.set(path, { address, target: NOTHING });
    else patterns.push({ address, expression: toExpression(path) });
  }
  return (path) => fixed.get(path) ?? fixed.get(withoutSlashes(path)) ?? search(patterns, path);
}

/** By hand: an expression for the slashes at the end takes time that grows with the square of their number. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function toExpression(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\/:(model|version|id)/g, '/(?<$1>[^/:]+)')}/?$`);
}

function search(patterns: readonly Pattern[], path: string): Match | undefined {
  for (const { address, expression } of patterns) {
    const match = expression.exec(path);
    if (match === null) continue;
    const target: Record<string, string> = {};
    for (const [name, value] of Object.entries(match.groups ?? {})) {
      const decoded = decode(value);
      if (decoded === undefined) return undefined;
      target[name] = decoded;
    }
    return { address, target };
  }
  return undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
