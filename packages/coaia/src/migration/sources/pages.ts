/** Pages of both forms of list: numbered ones, and ones that follow a cursor. */
import { isObject } from '#base';
import { migrationErrors } from '../errors.ts';
import type { ApiReader, ReadQuery } from './api-reader.ts';
import { readNumber, readRecords, readText, toWire } from './wire.ts';
import type { Wire } from './wire.ts';

/** Where the next page begins; kept in the store between pages. */
export type Position = Readonly<Record<string, string | number>>;

export interface SourcePage {
  readonly items: readonly Wire[];
  /** Absent on the last page. */
  readonly next?: Position;
}

/** Asks for one list at a time: address below `/api/public`, and its own query. */
export interface ListRequest {
  readonly segments: readonly string[];
  readonly query?: ReadQuery;
  readonly limit: number;
}

/** A page by its number. Rejects with COAIA-0853 when the answer is no list. */
export async function readNumbered(
  api: ApiReader,
  { segments, query, limit }: ListRequest,
  position: Position | undefined,
): Promise<SourcePage> {
  const page = Number(position?.['page'] ?? 1);
  const answer = requireList(await api.get(segments, { ...query, page, limit }), segments);
  const items = readRecords(answer, 'data');
  const total = readNumber(toWire(answer['meta']), 'totalPages');
  const isLast = items.length === 0 || (total === null ? items.length < limit : page >= total);
  return isLast ? { items } : { items, next: { page: page + 1 } };
}

/** A page behind a cursor. Rejects with COAIA-0853 when the answer is no list. */
export async function readFollowing(
  api: ApiReader,
  { segments, query, limit }: ListRequest,
  position: Position | undefined,
): Promise<SourcePage> {
  const cursor = position?.['cursor'];
  const answer = requireList(await api.get(segments, { ...query, limit, cursor }), segments);
  const items = readRecords(answer, 'data');
  const next = readText(toWire(answer['meta']), 'cursor');
  return next === null ? { items } : { items, next: { cursor: next } };
}

/** Every record of a list; for short ones inside a page. */
export async function readAll(
  read: (position: Position | undefined) => Promise<SourcePage>,
): Promise<readonly Wire[]> {
  const all: Wire[] = [];
  let position: Position | undefined;
  do {
    const page: SourcePage = await read(position);
    all.push(...page.items);
    position = page.next;
  } while (position !== undefined);
  return all;
}

function requireList(answer: unknown, segments: readonly string[]): Wire {
  if (isObject(answer) && Array.isArray(answer['data'])) return answer;
  throw migrationErrors.create(
    'COAIA-0853',
    `The other server answered /api/public/${segments.join('/')} with something that is no list.`,
  );
}
