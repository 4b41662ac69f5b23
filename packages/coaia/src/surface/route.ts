/** A route is data plus one handler; validation, permissions, OpenAPI and docs derive from the data. */
import type { Scope } from '#base';
import type { ZodType, infer as Infer } from 'zod';
import type { Need } from './need.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call.
 * `open`: anyone. `project`: a key pair (Basic) or the signed-in page. `scores`: also a Bearer public key.
 * `page`: only the signed-in page or a key pair, never listed in the Langfuse contract. `organization`: the key pair
 * of an organization, or an owner or admin on the page. `either`: like `project`, and the key pair of its organization.
 */
export type RouteAccess = 'open' | 'project' | 'scores' | 'page' | 'organization' | 'either';

export interface RouteReply {
  readonly status?: number;
  readonly json?: unknown;
  /** A ready answer (stream, file); then `status` and `json` are ignored. */
  readonly response?: Response;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What a handler receives. `body` is parsed by the body schema, or the raw bytes when `rawBody` is set, or a
 * stream when `streamBody` is.
 */
export interface RouteContext<Api, Query, Body> {
  readonly api: Api;
  readonly scope: Scope;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly headers: Headers;
  /** IP address of the other end; undefined without a connection, and where a proxy stands between. */
  readonly from?: string | undefined;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

export interface RouteSpec<Api, Q extends ZodType, B extends ZodType> {
  readonly method: HttpMethod;
  /** Literal path with `:name` parameters, for example `/api/public/traces/:traceId`. */
  readonly path: string;
  /** Operation id, `noun.verb`; for Langfuse operations the one of the reference contract. */
  readonly operation: string;
  readonly summary: string;
  readonly access: RouteAccess;
  /** A name of the permission table in `#access`; absent: derived from the operation's noun and the method. */
  readonly permission?: string;
  /** Also open to keys with this scope for the model that the path parameter `model` names. */
  readonly keyScope?: 'predict' | 'deploy';
  readonly needs: Need<Api>;
  readonly query?: Q;
  readonly body?: B;
  /** Bytes instead of parsed JSON; the handler does its own decoding. */
  readonly rawBody?: boolean;
  /**
   * The body as it arrives, an `AsyncIterable<Uint8Array>` that is not decoded: for large files. It ends with
   * COAIA-0005 beyond `bodyLimit` and with COAIA-0404 when nothing arrives any more.
   */
  readonly streamBody?: boolean;
  /** Limit of the body in bytes after decompression; default 4.5 MB. */
  readonly bodyLimit?: number;
  readonly response?: ZodType;
  /** Statuses beside 200 that the operation answers on success. */
  readonly status?: number;
  readonly handler: (context: RouteContext<Api, Infer<Q>, Infer<B>>) => Promise<RouteReply>;
}

/** A route with its types forgotten, as lists of routes hold them. */
export type Route = RouteSpec<never, ZodType, ZodType>;

/** Checks a route's types where it is written and returns it as list material. */
export function defineRoute<Api, Q extends ZodType, B extends ZodType>(
  spec: RouteSpec<Api, Q, B>,
): Route {
  return spec as unknown as Route;
}
