/**
 * The stored form of who owns what: a JSON array `[owners, key, key, ..., extra?]`. `owners` has one
 * character per rule, a base-36 index into the keys or `-`; `extra` holds metadata patches (when there are
 * two or more), corrected values, and the default time.
 */
import type { SqlValue } from '#store';
import { fromStored, isObject } from '#base';
import type { Json } from '#base';
import { createMergeState } from './merge.ts';
import type { MergeRules, MergeState } from './merge.ts';

interface Extra {
  readonly m?: readonly (readonly [string, Json])[];
  readonly r?: Readonly<Record<string, SqlValue>>;
}

/** The text for the `writers` column. */
export function toWriters(state: MergeState): string {
  const keys: string[] = [];
  let owners = '';
  for (const owner of state.owners) {
    if (owner === undefined) {
      owners += '-';
      continue;
    }
    let index = keys.indexOf(owner);
    if (index === -1) index = keys.push(owner) - 1;
    owners += index.toString(36);
  }
  const parts: unknown[] = [owners, ...keys];
  const several = state.metadataPatches.length > 1;
  const corrected = Object.keys(state.raw).length > 0;
  if (several || corrected) {
    parts.push({
      ...(several ? { m: state.metadataPatches } : {}),
      ...(corrected ? { r: state.raw } : {}),
    });
  }
  return JSON.stringify(parts);
}

/** The merge state of a stored record; `time` is its default time, the column the record sorts by. */
export function toMergeState(
  rules: MergeRules,
  row: Readonly<Record<string, SqlValue>>,
  writers: string,
  time: number,
): MergeState {
  const state = createMergeState(rules);
  const parts = JSON.parse(writers) as [string, ...unknown[]];
  const last = parts.at(-1);
  const extra: Extra = isObject(last) ? last : {};
  for (const [index, [column, rule]] of rules.entries()) {
    const code = parts[0][index] ?? '-';
    if (code === '-') continue;
    const owner = parts[1 + Number.parseInt(code, 36)] as string;
    state.owners[index] = owner;
    state.values[column] = extra.r?.[column] ?? row[column] ?? null;
    if (rule === 'metadata') {
      state.metadataPatches = extra.m
        ? extra.m.map(([key, patch]) => [key, patch] as const)
        : [[owner, fromStored(row[column] as string | null)]];
    }
  }
  state.raw = { ...extra.r };
  state.tags = typeof row.tags === 'string' ? (JSON.parse(row.tags) as string[]) : [];
  state.time = time;
  return state;
}
