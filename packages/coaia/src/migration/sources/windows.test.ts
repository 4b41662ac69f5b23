import { describe, expect, it } from 'vitest';
import type { ApiReader } from './api-reader.ts';
import { readAll } from './pages.ts';
import { readNewestFirst } from './windows.ts';

interface One {
  readonly id: string;
  readonly at: string;
}

const toOne = (index: number, second: number): One => ({
  id: `id-${index}`,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
});

/** A list as servers give it: newest first, cut off below a time, by numbered pages. */
function openList(records: readonly One[]) {
  const asked: number[] = [];
  const sorted = records.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const api: ApiReader = {
    get(_segments, query = {}) {
      const page = Number(query['page']);
      const limit = Number(query['limit']);
      asked.push(page);
      const until = query['before'];
      const kept = sorted.filter(({ at }) => until === undefined || at < String(until));
      return Promise.resolve({
        data: kept.slice((page - 1) * limit, page * limit),
        meta: { page, limit, totalPages: Math.ceil(kept.length / limit) },
      });
    },
  };
  return { api, asked };
}

async function readEverything(records: readonly One[]) {
  const { api, asked } = openList(records);
  const request = { segments: ['list'], limit: 5 };
  const key = { time: 'at', until: 'before', pages: 3 };
  const items = await readAll((position) => readNewestFirst(api, request, key, position));
  return { ids: items.map(({ id }) => String(id)), asked };
}

describe('windows', () => {
  it('give every record once and never go far from a beginning', async () => {
    const records = Array.from({ length: 103 }, (_, index) => toOne(index, Math.floor(index / 4)));
    const { ids, asked } = await readEverything(records);
    expect(ids.toSorted()).toEqual(records.map(({ id }) => id).toSorted());
    expect(Math.max(...asked)).toBe(3);
  });

  it('go on by number where everything has one time', async () => {
    const records = Array.from({ length: 42 }, (_, index) => toOne(index, 0));
    const { ids, asked } = await readEverything(records);
    expect(new Set(ids).size).toBe(42);
    expect(Math.max(...asked)).toBe(9);
  });
});
