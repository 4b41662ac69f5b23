import {
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from '../../lib/external-store.ts';
import { sendRequest } from '../../lib/api.ts';
import { addChangeListener } from '../../lib/live.ts';
import { toProjectPath } from '../../lib/server.ts';
import { updateNow } from '../../lib/time.ts';
import { pendingDeletes } from './pending-deletes.ts';
import { findRows, toTracesKey, tracesQuery } from './queries.ts';
import type { TracePage, TraceRow } from './trace-row.ts';
import type { ListScope } from './traces-search.ts';

/** The rows of a scope, kept fresh in place; new ones are counted until they are asked for. */
export function useTraceList(project: string, scope: ListScope, orderBy: string) {
  const query = useInfiniteQuery({
    ...tracesQuery(project, scope, orderBy),
    placeholderData: keepPreviousData,
  });
  const deleted = useStore(pendingDeletes);
  const rows = useMemo(
    () =>
      (query.data?.pages ?? []).flatMap((page) => page.data).filter((row) => !deleted.has(row.id)),
    [query.data, deleted],
  );
  const total = query.data?.pages[0]?.meta.total;
  const news = useNewTraces(project, scope, orderBy, rows);
  return { query, rows, total, ...news };
}

function updateRows(
  data: InfiniteData<TracePage> | undefined,
  fresh: ReadonlyMap<string, TraceRow>,
) {
  if (data === undefined) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    data: page.data.map((row) => fresh.get(row.id) ?? row),
  }));
  return { ...data, pages };
}

// New traces of one scope; those of another scope are of no interest any more.
interface News {
  readonly scope: ListScope;
  readonly ids: ReadonlySet<string>;
}

function toNews(before: News, scope: ListScope, added: readonly string[]): News {
  return { scope, ids: new Set([...(before.scope === scope ? before.ids : []), ...added]) };
}

/**
 * Follows the store's changes. Rows already in the list change in place; the others only raise the count,
 * so that nothing moves under the reader's eyes.
 */
function useNewTraces(
  project: string,
  scope: ListScope,
  orderBy: string,
  rows: readonly TraceRow[],
) {
  const client = useQueryClient();
  const [news, setNews] = useState<News>({ scope, ids: new Set() });
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    known.current = new Set(rows.map((row) => row.id));
  }, [rows]);
  useEffect(() => {
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      timer = undefined;
      const ids = [...waiting];
      waiting.clear();
      const found = await findRows(project, scope, ids).catch(() => []);
      const fresh = new Map(found.map((row) => [row.id, row]));
      const key = tracesQuery(project, scope, orderBy).queryKey;
      client.setQueryData(key, (data) => updateRows(data, fresh));
      const added = found.filter((row) => !known.current.has(row.id)).map((row) => row.id);
      if (added.length > 0) setNews((before) => toNews(before, scope, added));
    };
    const stop = addChangeListener((event) => {
      for (const id of event.traces ?? []) waiting.add(id);
      if (waiting.size > 0) timer ??= setTimeout(() => void read(), 150);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, project, scope, orderBy]);
  // The first page is read before the old rows go, so that nothing flashes.
  const showNew = async () => {
    const options = tracesQuery(project, scope, orderBy);
    setNews({ scope, ids: new Set() });
    const path = toProjectPath(project, 'traces');
    const page = await sendRequest<TracePage>(path, { query: { ...scope, orderBy, limit: 100 } });
    updateNow();
    client.setQueryData(options.queryKey, { pages: [page], pageParams: [undefined] });
    await client.invalidateQueries({
      queryKey: toTracesKey(project),
      predicate: (one) => one.queryKey[2] !== 'rows',
    });
  };
  // What was told while the list was on its way is in it already.
  const newCount = useMemo(() => {
    const shown = new Set(rows.map((row) => row.id));
    return news.scope === scope ? [...news.ids].filter((id) => !shown.has(id)).length : 0;
  }, [news, scope, rows]);
  return { newCount, showNew };
}
