/** What a handler receives, with the costly parts built only when they are looked at. */
import type { Context } from 'hono';
import type { Scope } from '#base';
import { isLoopback } from './origin.ts';
import { findNodeSide } from './request-headers.ts';

export interface RouteInputParts {
  readonly api: never;
  readonly scope: Scope;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly requestId: string;
  /** Whether people reach the server through a proxy. */
  readonly isProxied: boolean;
}

/** Headers that proxies add. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const;

/**
 * A class, because its getters lie on the prototype: an object literal with getters makes a hidden class of its
 * own on every request, which the engine then keeps until the next full collection.
 */
export class RouteInput implements RouteInputParts {
  readonly api: never;
  readonly scope: Scope;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly requestId: string;
  readonly isProxied: boolean;
  readonly #c: Context;

  constructor(c: Context, parts: RouteInputParts) {
    this.#c = c;
    this.api = parts.api;
    this.scope = parts.scope;
    this.params = parts.params;
    this.query = parts.query;
    this.body = parts.body;
    this.requestId = parts.requestId;
    this.isProxied = parts.isProxied;
  }

  get headers(): Headers {
    return this.#c.req.raw.headers;
  }

  /** A proxy on this machine may add nothing, so that one who comes from here may come from anywhere behind it. */
  get from(): string | undefined {
    const { headers, socket } = findNodeSide(this.#c)?.incoming ?? {};
    const address = socket?.remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, '');
    if (address === undefined || FORWARDED.some((name) => headers?.[name] !== undefined))
      return undefined;
    return this.isProxied && isLoopback(address) ? undefined : address;
  }

  /** Aborted when the client goes away. */
  get signal(): AbortSignal {
    return this.#c.req.raw.signal;
  }
}
