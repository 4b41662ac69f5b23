/**
 * Crashes the server in the middle of ingestion and compares what it acknowledged with what it still has.
 * The history is kept here: acknowledged events must be there, intact and once; unknown ones may be.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';

export interface CrashOptions {
  readonly rounds: number;
  /** Also forget what was not synced to the disk (Linux with a C compiler). */
  readonly powerCut: boolean;
  readonly senders?: number;
  /** Milliseconds of load before a crash, drawn anew for each round. */
  readonly loadMs?: readonly [min: number, max: number];
  readonly args?: readonly string[];
}

export interface CrashResult {
  readonly acknowledged: number;
  readonly unknown: number;
  readonly lost: number;
  readonly altered: number;
  readonly doubled: number;
}

const toSum = (id: string) => createHash('sha256').update(id).digest('hex');

/** One life of the server: what it was sent and what it said. */
interface Round {
  readonly run: string;
  readonly acknowledged: Set<string>;
  /** Sent without an answer: may be there or not. */
  readonly unsure: Set<string>;
  unknown: number;
  lost: number;
  altered: number;
  doubled: number;
}

/** Builds the preload library; throws when there is no compiler. */
export function buildPowerCut(folder: string): string {
  const library = join(folder, 'power-cut.so');
  const source = join(import.meta.dirname, 'power-cut.c');
  execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread']);
  return library;
}

export async function runCrashes(options: CrashOptions): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-crash-'));
  const home = join(folder, 'home');
  const shadow = join(folder, 'shadow');
  mkdirSync(home);
  const library = options.powerCut ? buildPowerCut(folder) : undefined;
  const rounds: Round[] = [];
  for (let count = 0; count < options.rounds; count++) {
    const round = createRound();
    rounds.push(round);
    const env = library === undefined ? {} : preparePowerCut(home, shadow, library);
    await crashOnce(await startServer({ home, env, args: options.args ?? [] }), round, options);
    if (library !== undefined) forgetUnsynced(home, shadow);
    const server = await startServer({ home, args: options.args ?? [] });
    await checkRound(server, round);
    await server.crash();
  }
  await checkTotals(home, rounds, options);
  rmSync(folder, { recursive: true, force: true });
  const sum = (of: (round: Round) => number) => rounds.reduce((all, round) => all + of(round), 0);
  return {
    acknowledged: sum(({ acknowledged }) => acknowledged.size),
    unknown: sum(({ unknown }) => unknown),
    lost: sum(({ lost }) => lost),
    altered: sum(({ altered }) => altered),
    doubled: sum(({ doubled }) => doubled),
  };
}

function createRound(): Round {
  return {
    run: randomUUID(),
    acknowledged: new Set(),
    unsure: new Set(),
    unknown: 0,
    lost: 0,
    altered: 0,
    doubled: 0,
  };
}

/** Everything of this round that was acknowledged is there, intact; sending it again adds nothing. */
async function checkRound(server: BenchServer, round: Round): Promise<void> {
  const found = await readRun(server, round.run);
  for (const id of round.acknowledged) if (!found.has(id)) round.lost++;
  for (const [id, sum] of found) if (sum !== toSum(id)) round.altered++;
  round.unknown = round.unsure.size;
  await resend(server, round);
  round.doubled = (await countRun(server, round.run)) - round.acknowledged.size;
}

/** After all crashes every round still has exactly what it had. */
async function checkTotals(
  home: string,
  rounds: readonly Round[],
  options: CrashOptions,
): Promise<void> {
  const server = await startServer({ home, args: options.args ?? [] });
  for (const round of rounds) {
    const difference = (await countRun(server, round.run)) - round.acknowledged.size;
    if (difference < 0) round.lost -= difference;
    if (difference > 0) round.doubled = difference;
  }
  await server.stop();
}

function preparePowerCut(home: string, shadow: string, library: string) {
  rmSync(shadow, { recursive: true, force: true });
  cpSync(home, shadow, { recursive: true });
  return { LD_PRELOAD: library, POWER_CUT_LIVE: home, POWER_CUT_SHADOW: shadow };
}

function forgetUnsynced(home: string, shadow: string): void {
  rmSync(home, { recursive: true, force: true });
  renameSync(shadow, home);
}

async function crashOnce(
  server: BenchServer,
  round: Round,
  { senders = 8, loadMs = [200, 1200] }: CrashOptions,
): Promise<void> {
  const load = { isStopped: false };
  const send = async () => {
    while (!load.isStopped) {
      const ids = Array.from({ length: 5 }, () => randomUUID());
      for (const id of await post(server, round.run, ids)) round.acknowledged.add(id);
      for (const id of ids) if (!round.acknowledged.has(id)) round.unsure.add(id);
    }
  };
  const all = Array.from({ length: senders }, send);
  const [min, max] = loadMs;
  await new Promise((resolve) => setTimeout(resolve, min + Math.random() * (max - min)));
  load.isStopped = true;
  await server.crash();
  await Promise.all(all);
}

/** Sends one batch; returns the ids that were acknowledged, none when the server is gone. */
async function post(
  server: BenchServer,
  run: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const now = new Date().toISOString();
  const batch = ids.map((id) => ({
    id: `event-${id}`,
    type: 'trace-create',
    timestamp: now,
    body: {
      id,
      name: 'crash',
      sessionId: run,
      timestamp: now,
      input: { sum: toSum(id), pad: 'x'.repeat(300) },
    },
  }));
  try {
    const answer = await fetch(`${server.url}/api/public/ingestion`, {
      method: 'POST',
      headers: { authorization: server.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ batch }),
    });
    const { successes } = (await answer.json()) as { successes: readonly { id: string }[] };
    return successes.map(({ id }) => id.slice('event-'.length));
  } catch {
    return [];
  }
}

/** All traces of the run with the sum they carry. */
async function readRun(server: BenchServer, run: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let page = 1; ; page++) {
    const { data, meta } = await readPage(server, run, page);
    for (const { id, input } of data) {
      if (found.has(id)) throw new Error(`trace ${id} is listed twice`);
      found.set(id, input?.sum ?? '');
    }
    if (page >= meta.totalPages) return found;
  }
}

interface RunPage {
  readonly data: readonly {
    readonly id: string;
    readonly input: { readonly sum: string } | null;
  }[];
  readonly meta: { readonly totalPages: number; readonly totalItems: number };
}

async function readPage(server: BenchServer, run: string, page: number): Promise<RunPage> {
  const url = `${server.url}/api/public/traces?sessionId=${run}&limit=100&page=${page}&fields=core,io`;
  const answer = await fetch(url, { headers: { authorization: server.authorization } });
  if (!answer.ok) throw new Error(`reading the run back answered ${answer.status}`);
  return (await answer.json()) as RunPage;
}

/** Sends every event without an answer, and a third of the acknowledged ones, again. */
async function resend(server: BenchServer, round: Round): Promise<void> {
  const known = [...round.acknowledged].filter((_, index) => index % 3 === 0);
  const ids = [...round.unsure, ...known];
  for (let index = 0; index < ids.length; index += 50) {
    const batch = ids.slice(index, index + 50);
    for (const id of await post(server, round.run, batch)) round.acknowledged.add(id);
  }
}

async function countRun(server: BenchServer, run: string): Promise<number> {
  return (await readPage(server, run, 1)).meta.totalItems;
}
