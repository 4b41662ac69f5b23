/**
 * Merging of events onto one stored record, independent of the order in which they arrive.
 *
 * Each event has an order key; each column remembers the key of the event that owns its value. The owner is
 * the event with the greatest key (rule `last`), the smallest (`first`), or the greatest among those that
 * carry something (`truthy`). Metadata is deep-merged in key order, so its patches are kept as soon as there
 * are two. Sending an event again meets its own key and changes nothing.
 */
import type { SqlValue } from '#store';
import { isObject } from '#base';
import type { Json } from '#base';
import { mergeDeep, toMetadataText } from './metadata.ts';

export type MergeRule = 'first' | 'last' | 'truthy' | 'metadata';

/**
 * Column names in a fixed order with their rules, the record's own time first. The order is part of the
 * stored form: only append.
 */
export type MergeRules = readonly (readonly [column: string, rule: MergeRule])[];

/** What one event says about one record, in stored form. Absent columns are not touched; null overwrites. */
export interface Patch {
  readonly key: string;
  /** Event timestamp, epoch milliseconds: the default for records whose own time nobody gave. */
  readonly time: number;
  readonly columns: Readonly<Record<string, SqlValue | undefined>>;
  /** Values that only count while no event has set the column itself (the type implied by an update). */
  readonly weak?: Readonly<Record<string, SqlValue>>;
  readonly metadata?: Json;
  readonly tags?: readonly string[];
}

type MetadataPatch = readonly [key: string, patch: Json];

/** The state of a record between events: values and who owns them. */
export interface MergeState {
  readonly owners: (string | undefined)[];
  readonly values: Record<string, SqlValue>;
  metadataPatches: MetadataPatch[];
  tags: readonly string[];
  /** Values as sent where the stored column had to be corrected (an end before the start). */
  raw: Record<string, SqlValue>;
  /** Smallest event timestamp so far; undefined for a record without events. */
  time: number | undefined;
  changed: boolean;
}

const OFFSET = 62_135_596_800_000;
/** More metadata patches than this on one record are folded into one, oldest first. */
const MAX_METADATA_PATCHES = 64;
const WEAK = '!';

/**
 * Order key of an event: creates before updates, then by event timestamp, then by event id.
 * Plain string comparison orders keys.
 */
export function toOrderKey(kind: 'create' | 'update', time: number, eventId: string): string {
  return `${kind === 'create' ? 'c' : 'u'}${(time + OFFSET).toString(36).padStart(10, '0')}|${eventId}`;
}

/** Kind and time of an order key, with the mark that ends them. */
const HEAD = 12;

/** Whether only ids tell two keys apart. */
export function isSameMoment(key: string, other: string): boolean {
  return key.slice(0, HEAD) === other.slice(0, HEAD);
}

/** Whether two keys are of one event that came at different places of two batches. */
export function isSameEvent(key: string, other: string): boolean {
  return key === other || (isSameMoment(key, other) && toEventId(key) === toEventId(other));
}

const FOLLOWING = /^~[0-9a-z]{4,}~/;

function toEventId(key: string): string {
  return key.slice(HEAD).replace(FOLLOWING, '');
}

/** The key of an event that follows others of its moment in one batch: its position decides before its id. */
export function toFollowingKey(key: string, position: number): string {
  return `${key.slice(0, HEAD)}~${position.toString(36).padStart(4, '0')}~${key.slice(HEAD)}`;
}

export function createMergeState(rules: MergeRules): MergeState {
  return {
    owners: rules.map(() => undefined),
    values: {},
    metadataPatches: [],
    tags: [],
    raw: {},
    time: undefined,
    changed: false,
  };
}

/** Applies one event. Returns true when anything changed. */
export function addPatch(state: MergeState, rules: MergeRules, patch: Patch): boolean {
  const changed = isUntouched(state)
    ? fillState(state, rules, patch)
    : mergePatch(state, rules, patch);
  if (changed) state.changed = true;
  return changed;
}

function isUntouched(state: MergeState): boolean {
  return state.time === undefined && !state.changed;
}

/** The first event of a record has nobody to contend with; most records have no other. */
function fillState(state: MergeState, rules: MergeRules, patch: Patch): boolean {
  for (let index = 0; index < rules.length; index++) {
    const [column, rule] = rules[index] as MergeRules[number];
    if (rule === 'metadata') {
      addMetadata(state, index, column, patch);
      continue;
    }
    const value = patch.columns[column];
    const weak = value === undefined ? patch.weak?.[column] : undefined;
    if (value === undefined && weak === undefined) continue;
    state.owners[index] = value === undefined ? WEAK + patch.key : patch.key;
    state.values[column] = value ?? weak ?? null;
  }
  if (patch.tags !== undefined) addTags(state, patch.tags);
  state.time = patch.time;
  return true;
}

function mergePatch(state: MergeState, rules: MergeRules, patch: Patch): boolean {
  let changed = false;
  for (const [index, [column, rule]] of rules.entries()) {
    const claim = toClaim(column, rule, patch);
    if (rule === 'metadata') changed = addMetadata(state, index, column, patch) || changed;
    else if (claim !== undefined) changed = setColumn(state, index, claim) || changed;
  }
  if (patch.tags !== undefined) changed = addTags(state, patch.tags) || changed;
  // The first rule is the record's own time; while no event gave it, the earliest event stands in.
  if (state.owners[0] === undefined && (state.time === undefined || patch.time < state.time)) {
    state.time = patch.time;
    changed = true;
  }
  return changed;
}

interface Claim {
  readonly column: string;
  readonly rule: MergeRule;
  readonly value: SqlValue;
  readonly key: string;
}

function toClaim(column: string, rule: MergeRule, patch: Patch): Claim | undefined {
  const value = patch.columns[column];
  if (value !== undefined) return { column, rule, value, key: patch.key };
  const weak = patch.weak?.[column];
  return weak === undefined ? undefined : { column, rule, value: weak, key: WEAK + patch.key };
}

function setColumn(state: MergeState, index: number, claim: Claim): boolean {
  const owner = state.owners[index];
  const current = state.values[claim.column] ?? null;
  if (owner !== undefined && !isStronger(claim, current, owner)) return false;
  if (owner !== undefined && isSameEvent(claim.key, owner)) return false;
  state.owners[index] = claim.key;
  state.values[claim.column] = claim.value;
  return true;
}

function isStronger({ rule, value, key }: Claim, current: SqlValue, owner: string): boolean {
  if (rule === 'first') return key < owner;
  if (rule === 'truthy') {
    const full = hasContent(value);
    if (full !== hasContent(current)) return full;
  }
  return key > owner;
}

const EMPTY_JSON = new Set(['null', 'false', '0', '""', '{}']);

/** Whether a stored input or output carries something, in the sense of "the last truthy one wins". */
function hasContent(stored: SqlValue): boolean {
  return stored !== null && !EMPTY_JSON.has(stored as string);
}

function addTags(state: MergeState, tags: readonly string[]): boolean {
  const all = new Set(state.tags);
  const before = all.size;
  for (const tag of tags) all.add(tag);
  if (all.size === before) return false;
  state.tags = [...all].toSorted();
  return true;
}

function addMetadata(state: MergeState, index: number, column: string, patch: Patch): boolean {
  if (patch.metadata === undefined) return false;
  const list = state.metadataPatches;
  if (list.some(([key]) => isSameEvent(key, patch.key))) return false;
  const at = list.findIndex(([key]) => key > patch.key);
  // An empty object says nothing.
  if (isObject(patch.metadata) && Object.keys(patch.metadata).length === 0) return false;
  const entry: MetadataPatch = [patch.key, patch.metadata];
  if (at === -1) list.push(entry);
  else list.splice(at, 0, entry);
  if (list.length > MAX_METADATA_PATCHES) foldOldest(state);
  const merged = state.metadataPatches.reduce<Json>((all, [, next]) => mergeDeep(all, next), null);
  state.values[column] = merged === null ? null : toMetadataText(merged);
  state.owners[index] = state.metadataPatches.at(-1)?.[0];
  return true;
}

function foldOldest(state: MergeState): void {
  const [first, second, ...rest] = state.metadataPatches;
  if (first === undefined || second === undefined) return;
  state.metadataPatches = [[second[0], mergeDeep(first[1], second[1])], ...rest];
}
