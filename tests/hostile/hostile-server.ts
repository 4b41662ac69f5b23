/** A real server process under attack, watched from outside: rows, memory, and whether it still answers. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { readRssMb } from '../../bench/lib/process.ts';
import { watchHealth } from './health-watch.ts';
import type { Watch } from './health-watch.ts';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer, StartOptions } from '../../bench/lib/server.ts';

/** What a request may carry. */
export type Body = string | Uint8Array<ArrayBuffer>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface HostileServer extends BenchServer {
  readonly send: (path: string, init?: RequestInit) => Promise<Answer>;
  readonly post: (
    path: string,
    body: Body,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** Rows of every table that a request of the API may fill. */
  readonly countRows: () => Readonly<Record<string, number>>;
  readonly watch: () => Watch;
  /** Resident memory over what it was at the start, in MB. */
  readonly readGrowthMb: () => number;
}

const JSON_TYPE = { 'content-type': 'application/json' };

const TABLES = ['traces', 'observations', 'scores', 'sessions', 'projects', 'api_keys'] as const;

/** Full counts with COAIA_SOAK=1. */
export const isSoak = process.env['COAIA_SOAK'] === '1';

/** Starts it in an empty home. */
export async function openHostileServer(options: StartOptions = {}): Promise<HostileServer> {
  const server = await startServer(options);
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', server.authorization);
    return toAnswer(await fetch(`${server.url}${path}`, { redirect: 'manual', ...init, headers }));
  };
  const firstRss = readRssMb(server.pid);
  return {
    ...server,
    send,
    post: (path, body, headers = JSON_TYPE) => send(path, { method: 'POST', body, headers }),
    countRows: () => countRows(server.home),
    watch: () => watchHealth(server.url),
    readGrowthMb: () => readRssMb(server.pid) - firstRss,
  };
}

async function toAnswer(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function countRows(home: string): Readonly<Record<string, number>> {
  const store = new DatabaseSync(join(home, 'coaia.db'), { readOnly: true, timeout: 5000 });
  try {
    const count = (table: string) =>
      store.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'];
    return Object.fromEntries(TABLES.map((table) => [table, Number(count(table))]));
  } finally {
    store.close();
  }
}
