import { infiniteQueryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { RowScore } from '../traces/trace-row.ts';
import { parseTracesSearch, type ListScope } from '../traces/traces-search.ts';

/** A conversation as the list carries it. */
export interface SessionRow {
  readonly id: string;
  readonly createdAt: string;
  readonly environment: string;
  readonly traceCount: number;
  readonly userIds: readonly string[];
  readonly firstActivity: string;
  readonly lastActivity: string;
  readonly durationMs: number;
  /** USD. */
  readonly totalCost: number | null;
  readonly totalTokens: number | null;
  readonly errorCount: number;
  readonly scores: readonly RowScore[];
}

/** One trace of a conversation with what was said. */
export interface SessionTurn {
  readonly traceId: string;
  readonly timestamp: string;
  readonly name: string | null;
  readonly input: unknown;
  readonly output: unknown;
  readonly latencyMs: number | null;
  readonly totalCost: number | null;
  readonly totalTokens: number | null;
  readonly level: 'ERROR' | 'WARNING' | 'DEFAULT';
  readonly userId: string | null;
}

interface SessionPage {
  readonly data: readonly SessionRow[];
  readonly meta: { readonly cursor?: string; readonly total?: number };
}

/** A page of one conversation's turns. */
export interface SessionAnswer {
  readonly session: SessionRow;
  readonly turns: readonly SessionTurn[];
  readonly meta: { readonly cursor?: string };
}

/** What the address of the list says. */
export interface SessionsSearch {
  readonly q?: string;
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: string;
}

/** Reads the address; what is unknown is dropped. */
export function parseSessionsSearch(raw: Readonly<Record<string, unknown>>): SessionsSearch {
  const { q, range, from, to, sort } = parseTracesSearch(raw);
  return Object.fromEntries(
    Object.entries({ q, range, from, to, sort }).filter(([, value]) => value !== undefined),
  );
}

/** The conversations, page by page. */
export function sessionsQuery(project: string, scope: ListScope, orderBy: string) {
  return infiniteQueryOptions({
    queryKey: ['sessions', project, 'list', scope, orderBy] as const,
    queryFn: ({ pageParam, signal }) =>
      sendRequest<SessionPage>(toProjectPath(project, 'sessions'), {
        query: { ...scope, orderBy, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor,
  });
}

/** One conversation with its turns, page by page. */
export function sessionTurnsQuery(project: string, sessionId: string) {
  return infiniteQueryOptions({
    queryKey: ['sessions', project, 'one', sessionId] as const,
    queryFn: ({ pageParam, signal }) =>
      sendRequest<SessionAnswer>(
        toProjectPath(project, `sessions/${encodeURIComponent(sessionId)}`),
        {
          query: { cursor: pageParam },
          signal,
        },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor,
  });
}
