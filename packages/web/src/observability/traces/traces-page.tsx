import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { sessionQuery } from '../../lib/server.ts';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { builtInKeys, toCanonicalKey } from '../filter/keys.ts';
import type { SeenValues } from '../filter/suggest.ts';
import { words } from '../messages.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { CopyAsMenu } from '../../ui/copy-as-menu.tsx';
import { toListCall } from './copy-as.ts';
import { writeExport, type ExportForm } from './export-rows.ts';
import { ListBody } from './list-body.tsx';
import { FacetToggle, ListMenu } from './list-toolbar.tsx';
import { facetsQuery, filterKeysQuery, histogramQuery, listAllRows } from './queries.ts';
import { EnvironmentMenu, LiveToggle } from './page-tools.tsx';
import { QueryBar } from './query-bar.tsx';
import { toRefusal } from './refusal.ts';
import { TimeRange } from './time-range.tsx';
import type { TraceFacets } from './trace-row.ts';
import type { TraceList } from './use-list-commands.ts';
import { useTraceList } from './use-trace-list.ts';
import { useTracesView, type TracesView } from './use-traces-view.ts';

const EmptyProject = lazy(async () => ({
  default: (await import('./empty-project.tsx')).EmptyProject,
}));

/** The list of traces: filter, facets, histogram, rows, peek. */
export function TracesPage() {
  const keys = useQuery(filterKeysQuery).data?.keys ?? builtInKeys;
  const view = useTracesView(keys);
  const data = useTracesData(view);
  const { list, facets, call } = data;
  const [timeOpen, setTimeOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const seen = useMemo(() => toSeen(facets), [facets]);
  if (isProjectEmpty(view, list)) return <EmptyPage view={view} list={list} />;
  return (
    <>
      <PageBar title={words.traces} detail={data.total?.toLocaleString('en')}>
        <TimeRange
          choice={view.search}
          onChange={view.setTime}
          open={timeOpen}
          onOpenChange={setTimeOpen}
        />
        <EnvironmentMenu view={view} facets={facets} />
        <LiveToggle view={view} />
        <CopyAsMenu call={call} />
        <ListMenu
          group={view.search.group ?? 'none'}
          onGroup={view.setGroup}
          onExport={data.exportAll}
        />
      </PageBar>
      <Toolbar>
        <QueryBar
          value={view.search.q ?? ''}
          onChange={view.setQuery}
          keys={keys}
          seen={seen}
          refused={toRefusal(list.query.error)}
          isWaiting={list.query.isPending || list.query.isPlaceholderData}
          inputRef={input}
        />
        <ColumnChooser keys={view.columnKeys} onChange={view.setColumns} />
      </Toolbar>
      <ListBody
        view={view}
        list={list}
        facets={facets}
        histogram={data.histogram}
        call={call}
        onFocusQuery={() => input.current?.focus()}
        onOpenTime={() => setTimeOpen(true)}
      />
    </>
  );
}

// Everything the page reads; facets and histogram arrive after the rows and never hold them up.
function useTracesData(view: TracesView) {
  const { project, scope, orderBy, search } = view;
  const list = useTraceList(project, scope, orderBy);
  const previous = { placeholderData: keepPreviousData };
  const facets = useQuery({ ...facetsQuery(project, scope), ...previous }).data;
  const histogram = useQuery({ ...histogramQuery(project, scope), ...previous }).data;
  const session = useQuery(sessionQuery).data;
  const call = toListCall(project, session?.server.baseUrl ?? location.origin, search, orderBy);
  const exportAll = (form: ExportForm) =>
    void writeExport(form, (onPage) => listAllRows(project, scope, orderBy, onPage));
  return { list, facets, histogram, call, exportAll, total: list.total ?? facets?.total };
}

function isProjectEmpty(view: TracesView, { query, rows }: TraceList): boolean {
  const read = query.isSuccess && !query.isPlaceholderData;
  return read && rows.length === 0 && Object.keys(view.scope).length === 0;
}

function EmptyPage({ view, list }: { readonly view: TracesView; readonly list: TraceList }) {
  return (
    <>
      <PageBar title={words.traces} />
      <Suspense fallback={null}>
        <EmptyProject project={view.project} onArrived={() => void list.showNew()} />
      </Suspense>
    </>
  );
}

function Toolbar({ children }: { readonly children: React.ReactNode }) {
  const { facetsHidden } = usePreferences();
  return (
    <div className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-2">
      <FacetToggle
        shown={!facetsHidden}
        onToggle={() => updatePreferences({ facetsHidden: !facetsHidden })}
      />
      {children}
    </div>
  );
}

function toSeen(facets: TraceFacets | undefined): SeenValues {
  const entries = Object.entries(facets?.facets ?? {});
  return Object.fromEntries(entries.map(([field, values]) => [toCanonicalKey(field), values]));
}
