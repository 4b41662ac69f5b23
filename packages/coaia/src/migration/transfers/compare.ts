/** Compares a project of another server with this store: counts, what one side lacks, what differs and in which members. */
import { KIND_NAMES } from '../kinds/kind-names.ts';
import type { Kind } from '../kinds/kind.ts';
import { KINDS } from '../kinds/kinds.ts';
import type { MigrationPorts } from '../ports.ts';
import type { ApiReader } from '../sources/api-reader.ts';
import type { Position } from '../sources/pages.ts';
import { findModes, isMissing } from '../sources/source.ts';
import type { Source } from '../sources/source.ts';
import { toFields, toWire } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import { findDifferences, toFingerprint } from './fingerprint.ts';
import type { CompareInput, Comparison, KindComparison } from './transfer.ts';

/** Reads both sides by the same operations, so that what is compared is what clients see. Changes nothing. */
export async function compare(ports: MigrationPorts, input: CompareInput): Promise<Comparison> {
  const there = await ports.openSource(input.source);
  const here = await ports.openHere();
  const modes = await findModes(there);
  const since = input.since === undefined ? {} : { since: input.since };
  const sides = { there: { api: there, modes, ...since }, here: { api: here, modes, ...since } };
  const media = new Set<string>();
  const kinds: KindComparison[] = [];
  for (const name of KIND_NAMES) {
    if (input.only.length > 0 && !input.only.includes(name)) continue;
    const kind = KINDS.find((one) => one.name === name);
    if (kind === undefined) kinds.push(await compareMedia(sides, media));
    else kinds.push(await compareOrNote(kind, sides, input, media));
  }
  const isEqual = kinds.every(
    ({ missing, extra, different }) => missing.length + extra.length + different.length === 0,
  );
  return { source: input.source.baseUrl, isEqual, kinds };
}

interface Sides {
  readonly there: Source;
  readonly here: Source;
}

/** A list that the other server does not have cannot be compared, and says so. */
async function compareOrNote(
  kind: Kind,
  sides: Sides,
  input: CompareInput,
  media: Set<string>,
): Promise<KindComparison> {
  try {
    return await compareKind(kind, sides, input, media);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { kind: kind.name, ...EMPTY, note: 'the server has no such list (404)' };
  }
}

async function compareKind(
  kind: Kind,
  { there, here }: Sides,
  input: CompareInput,
  media: Set<string>,
): Promise<KindComparison> {
  const note = kind.note?.(there);
  const base = { kind: kind.name, ...(note === undefined ? {} : { note }) };
  if (kind.isReadable?.(there) === false) return { ...base, ...EMPTY };
  const known = new Map<string, string>();
  for await (const item of readItems(kind, there, input.signal)) {
    known.set(kind.toId(item), toFingerprint(kind.toContent(item)));
    for (const { mediaId } of kind.findMedia?.(item) ?? []) media.add(mediaId);
    reportNow(kind, known.size, input);
  }
  const count = known.size;
  const seen = new Set<string>();
  const extra: string[] = [];
  const different: { readonly id: string; readonly fields: readonly string[] }[] = [];
  for await (const item of readItems(kind, here, input.signal)) {
    const id = kind.toId(item);
    if (seen.has(id)) continue;
    seen.add(id);
    const other = known.get(id);
    if (other === undefined) extra.push(id);
    else different.push(...toDifference(id, other, kind.toContent(item)));
    known.delete(id);
  }
  input.onProgress({ kind: kind.name, read: count, written: seen.size, isDone: true });
  return { ...base, there: count, here: seen.size, missing: [...known.keys()], extra, different };
}

const EMPTY = { there: 0, here: 0, missing: [], extra: [], different: [] };

function toDifference(id: string, other: string, content: Wire) {
  const fields = findDifferences(other, content);
  return fields.length === 0 ? [] : [{ id, fields }];
}

function reportNow(kind: Kind, read: number, input: CompareInput): void {
  if (read % 1000 === 0) input.onProgress({ kind: kind.name, read, written: 0, isDone: false });
}

async function* readItems(kind: Kind, source: Source, signal: AbortSignal): AsyncIterable<Wire> {
  let position: Position | undefined;
  do {
    signal.throwIfAborted();
    const page = await kind.readPage(source, position);
    yield* page.items;
    position = page.next;
  } while (position !== undefined);
}

/** Files that the other server's records refer to: there on both sides, of one type and length. */
async function compareMedia(
  { there, here }: Sides,
  ids: ReadonlySet<string>,
): Promise<KindComparison> {
  const missing: string[] = [];
  const different: { readonly id: string; readonly fields: readonly string[] }[] = [];
  let counted = 0;
  for (const id of ids) {
    const theirs = await findFile(there.api, id);
    if (theirs === undefined) continue;
    counted++;
    const ours = await findFile(here.api, id);
    if (ours === undefined) missing.push(id);
    else different.push(...toDifference(id, toFingerprint(theirs), ours));
  }
  return {
    kind: 'media',
    there: counted,
    here: counted - missing.length,
    missing,
    extra: [],
    different,
  };
}

async function findFile(api: ApiReader, id: string): Promise<Wire | undefined> {
  try {
    return toFields(toWire(await api.get(['media', id])), ['contentType', 'contentLength']);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
