/** `server.json` in the home: where the running server is, for the commands that look for it. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createId, isObject } from '#base';
import { isRunning } from './process-mark.ts';
import type { ProcessMark } from './process-mark.ts';

export interface ServerRecord extends ProcessMark {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly version: string;
  readonly store: 'sqlite' | 'postgres';
}

/** Writes the record in one step, readable for its owner only. */
export function writeServerRecord(path: string, record: ServerRecord): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${createId()}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, path);
}

/** The record of a server that lives; undefined when none does, also after a crash. */
export function findServerRecord(path: string): ServerRecord | undefined {
  const record = readServerRecord(path);
  return record !== undefined && isRunning(record) ? record : undefined;
}

/** Removes the record of this server; one of another server stays. */
export function removeServerRecord(path: string, mark: ProcessMark): void {
  const record = readServerRecord(path);
  if (record?.pid === mark.pid && record.start === mark.start) rmSync(path, { force: true });
}

function readServerRecord(path: string): ServerRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    // Missing or damaged: there is no server that could be named.
    return undefined;
  }
}

function isRecord(value: unknown): value is ServerRecord {
  if (!isObject(value)) return false;
  const isNumbered = [value['pid'], value['port'], value['startedAt']].every(
    (field) => typeof field === 'number',
  );
  return isNumbered && typeof value['start'] === 'string' && typeof value['url'] === 'string';
}
