/**
 * Long lists by number, newest first. Servers find a page by counting all that stand before it, so after some pages
 * the list begins again below the oldest record that was seen; no page is ever far from a beginning.
 */
import { toIso } from '#base';
import type { ApiReader } from './api-reader.ts';
import { readNumbered } from './pages.ts';
import type { ListRequest, Position, SourcePage } from './pages.ts';
import { readId, readTime } from './wire.ts';
import type { Wire } from './wire.ts';

/** The member that the list is sorted by, and the parameter that cuts it off below a time. */
export interface WindowKey {
  readonly time: string;
  readonly until: string;
  /** Pages before the list begins again. */
  readonly pages?: number;
}

const PAGES = 50;

/** Ids of records at the edge between two windows. */
const SEPARATOR = '\n';

/** One page. Records of one millisecond at the edge are read twice and given once. */
export async function readNewestFirst(
  api: ApiReader,
  request: ListRequest,
  key: WindowKey,
  position: Position | undefined,
): Promise<SourcePage> {
  const until = position?.['until'];
  const query = { ...request.query, ...(until === undefined ? {} : { [key.until]: until }) };
  const page = await readNumbered(api, { ...request, query }, position);
  const known = new Set(String(position?.['edge'] ?? '').split(SEPARATOR));
  const items = page.items.filter((item) => !known.has(readId(item)));
  if (page.next === undefined) return { items };
  const isFull = Number(page.next['page']) > (key.pages ?? PAGES);
  const below = isFull ? toWindow(page.items, key, until) : undefined;
  return { items, next: below ?? { ...position, ...page.next } };
}

/** The window below the page; undefined when all of it has one time, so that there is no below. */
function toWindow(
  items: readonly Wire[],
  { time }: WindowKey,
  until: Position[string] | undefined,
): Position | undefined {
  const last = items.at(-1);
  const oldest = last === undefined ? null : readTime(last, time);
  if (oldest === null) return undefined;
  const below = toIso(oldest + 1);
  if (below === until) return undefined;
  const edge = items.filter((item) => readTime(item, time) === oldest).map((item) => readId(item));
  return { page: 1, until: below, edge: edge.join(SEPARATOR) };
}
