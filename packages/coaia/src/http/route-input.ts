/** What a handler receives, with the costly parts built only when they are looked at. */
import type { Context } from 'hono';
import type { Scope } from '#base';

export interface RouteInputParts {
  readonly api: never;
  readonly scope: Scope;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly requestId: string;
}

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
  readonly #c: Context;

  constructor(c: Context, parts: RouteInputParts) {
    this.#c = c;
    this.api = parts.api;
    this.scope = parts.scope;
    this.params = parts.params;
    this.query = parts.query;
    this.body = parts.body;
    this.requestId = parts.requestId;
  }

  get headers(): Headers {
    return this.#c.req.raw.headers;
  }

  /** Aborted when the client goes away. */
  get signal(): AbortSignal {
    return this.#c.req.raw.signal;
  }
}
