/** From the keys of CoAiAPy and coaiajs to the names of settings. */
import { isObject } from '#base';
import type { JsonRecord } from './json-file.ts';
import { settings } from './settings.ts';
import type { SettingSpec } from './settings.ts';

export interface KeyMove {
  /** Dotted path of the old key. */
  readonly from: string;
  /** Name of the setting. */
  readonly to: string;
  readonly value: unknown;
  /** The new key had a value already, which stays; the old one is dropped. */
  readonly isDropped: boolean;
}

/** What would move in a record, and the record after it. Keys that nothing here reads stay where they are. */
export function moveOldKeys(record: JsonRecord): {
  readonly moves: readonly KeyMove[];
  readonly record: JsonRecord;
} {
  const moves: KeyMove[] = [];
  let next: JsonRecord = record;
  for (const spec of settings as readonly SettingSpec[]) {
    for (const path of spec.also ?? []) {
      const parts = path.split('.');
      const value = readAt(next, parts);
      if (value === undefined) continue;
      const isEmpty = value === '' || value === null;
      const isDropped = isEmpty || (next[spec.name] !== undefined && next[spec.name] !== '');
      next = withoutPath(next, parts);
      if (!isDropped) next = { ...next, [spec.name]: value };
      moves.push({ from: path, to: spec.name, value, isDropped });
    }
  }
  return { moves, record: next };
}

function readAt(record: unknown, parts: readonly string[]): unknown {
  let at = record;
  for (const part of parts) at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  return at;
}

/** Objects that become empty go too. */
function withoutPath(record: JsonRecord, [first = '', ...rest]: readonly string[]): JsonRecord {
  const { [first]: inner, ...others } = record;
  if (rest.length === 0 || !isObject(inner)) return others;
  const left = withoutPath(inner, rest);
  return Object.keys(left).length === 0 ? others : { ...record, [first]: left };
}
