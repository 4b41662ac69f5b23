/** Events that could not be delivered, kept as files until they can (`<home>/spool/*.jsonl`, 0600). */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createId, systemClock, toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { ObservabilityApi } from '@coaia/client';

export interface SpoolHeader {
  readonly spool: 1;
  /** `local`, or the address of the server that the events are for. */
  readonly destination: string;
  /** ISO 8601. */
  readonly at: string;
  /** What was recorded. */
  readonly name: string;
}

export interface SpoolFile {
  readonly path: string;
  readonly header: SpoolHeader;
  readonly events: readonly IngestionEvent[];
}

/** A claim older than this belongs to a process that died while sending. */
const STALE_CLAIM_MS = 120_000;

/** Keeps events; the file appears complete or not at all. Throws the file system's error. */
export function writeSpool(
  folder: string,
  header: Omit<SpoolHeader, 'spool' | 'at'>,
  events: readonly IngestionEvent[],
): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = toIso(systemClock());
  const lines = [{ spool: 1, at, ...header }, ...events].map((line) => JSON.stringify(line));
  const path = join(folder, `${at.replaceAll(/\D/g, '')}-${createId()}.jsonl`);
  const draft = `${path}.tmp`;
  writeFileSync(draft, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, path);
  return path;
}

/** True when something waits. One directory read. */
export function hasSpool(folder: string): boolean {
  return listNames(folder).length > 0;
}

/** What waits, oldest first; files that cannot be read are left alone. */
export function listSpool(folder: string): readonly SpoolFile[] {
  return listNames(folder)
    .map((name) => readSpool(join(folder, name)))
    .filter((file) => file !== undefined);
}

/** Names of waiting files, and of files whose sender died. */
function listNames(folder: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter(
      (name) =>
        name.endsWith('.jsonl') || (name.endsWith('.sending') && isStale(join(folder, name))),
    )
    .toSorted();
}

function isStale(path: string): boolean {
  try {
    return systemClock() - statSync(path).ctimeMs > STALE_CLAIM_MS;
  } catch {
    return false;
  }
}

function readSpool(path: string): SpoolFile | undefined {
  try {
    const [first, ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n');
    const header = JSON.parse(first ?? '') as SpoolHeader;
    if (header.spool !== 1) return undefined;
    return { path, header, events: rest.map((line) => JSON.parse(line) as IngestionEvent) };
  } catch {
    return undefined;
  }
}

export interface SpoolResult {
  readonly sent: number;
  /** Events that the server refused for good; their file is kept beside the others as `.refused`. */
  readonly refused: number;
  /** Files for another server, or not reached before a failure. */
  readonly waiting: number;
}

/**
 * Delivers what waits for this destination, oldest first. Sending twice does no harm: events keep their ids.
 * Rejects with the first failure to deliver; what was not delivered stays.
 */
export async function sendSpool(
  folder: string,
  destination: string,
  api: ObservabilityApi,
): Promise<SpoolResult> {
  let sent = 0;
  let refused = 0;
  let waiting = 0;
  for (const { path, header, events } of listSpool(folder)) {
    if (header.destination !== destination) {
      waiting++;
      continue;
    }
    const claim = claimFile(path);
    if (claim === undefined) continue;
    try {
      const result = await api.ingest(events);
      sent += result.successes.length;
      refused += result.errors.length;
      if (result.errors.length === 0) rmSync(claim, { force: true });
      else renameSync(claim, `${path.replace(/\.sending$/, '')}.refused`);
    } catch (error) {
      renameSync(claim, path.replace(/\.sending$/, ''));
      throw error;
    }
  }
  return { sent, refused, waiting };
}

/** Takes a file for this process; undefined when another one was faster. */
function claimFile(path: string): string | undefined {
  const claim = path.endsWith('.sending') ? path : `${path}.sending`;
  try {
    if (claim !== path) renameSync(path, claim);
    return claim;
  } catch {
    return undefined;
  }
}

/** How many observations of a trace wait in the spool. */
export function countSpooled(folder: string | undefined, traceId: string): number {
  if (folder === undefined) return 0;
  const ids = listSpool(folder).flatMap(({ events }) =>
    events
      .map(({ body }) => body as { readonly id?: string; readonly traceId?: string })
      .filter((body) => body.traceId === traceId)
      .map((body) => body.id),
  );
  return new Set(ids).size;
}
