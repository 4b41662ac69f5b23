/** Users that traces name: what they did, and erasing all of it. */
import type { CoaiaClient } from './client.ts';

/** What the traces of one user add up to; null where nothing is known. */
export interface TraceUser {
  readonly id: string;
  readonly traceCount: number;
  readonly sessionCount: number;
  readonly observationCount: number;
  /** Traces with at least one error. */
  readonly errorCount: number;
  /** Share of those, 0 to 1. */
  readonly errorRate: number;
  /** US dollars. */
  readonly totalCost: number | null;
  readonly totalTokens: number | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Mean of the scores with one name on the user's traces. */
  readonly scores: readonly {
    readonly name: string;
    readonly mean: number | null;
    readonly count: number;
  }[];
}

export interface TraceUserQuery {
  /** Filter text; counts the traces that match. */
  readonly q?: string;
  /** `field.asc` or `field.desc`; lastSeen.desc when absent. */
  readonly orderBy?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export interface TraceUserPage {
  readonly data: readonly TraceUser[];
  readonly meta: { readonly cursor?: string };
}

/** What erasing a user deleted, or would delete. */
export interface ErasedUser {
  readonly userId: string;
  readonly dryRun: boolean;
  readonly traces: number;
  readonly observations: number;
  readonly scores: number;
  /** Sessions in which nobody else has traces. */
  readonly sessions: number;
  readonly comments: number;
  /** Files that stood in nothing else. */
  readonly media: number;
}

/** The calls about users, the same over the embedded store and over HTTP. */
export interface UsersApi {
  listUsers(query?: TraceUserQuery): Promise<TraceUserPage>;
  eraseUser(userId: string, options?: { readonly dryRun?: boolean }): Promise<ErasedUser>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createUsersApi(client: CoaiaClient): UsersApi {
  const area = 'v1' as const;
  const toSegments = async (...rest: readonly string[]) => {
    const { data } = await client.listProjects();
    return ['projects', data[0]?.id ?? '', 'users', ...rest];
  };
  return {
    listUsers: async (query = {}) =>
      client.request('GET', await toSegments(), { area, query: { ...query } }),
    eraseUser: async (userId, { dryRun = false } = {}) =>
      client.request('DELETE', await toSegments(userId), {
        area,
        query: dryRun ? { dryRun: 'true' } : {},
      }),
  };
}
