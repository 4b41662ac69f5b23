import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { ApiProblem } from '../../lib/api.ts';
import { sessionQuery } from '../../lib/server.ts';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import type { FilterProblem } from '../filter/filter.ts';
import { builtInKeys, toCanonicalKey } from '../filter/keys.ts';
import type { SeenValues } from '../filter/suggest.ts';
import { words } from '../messages.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { CopyAsMenu } from './copy-as-menu.tsx';
import { toListCall } from './copy-as.ts';
import { writeExport, type ExportForm } from './export-rows.ts';
import { ListBody } from './list-body.tsx';
import { FacetToggle, ListMenu } from './list-toolbar.tsx';
import { facetsQuery, filterKeysQuery, histogramQuery, listAllRows } from './queries.ts';
import { QueryBar } from './query-bar.tsx';
import { TimeRange } from './time-range.tsx';
import type { TraceFacets } from './trace-row.ts';
import { useTraceList } from './use-trace-list.ts';
import { useTracesView } from './use-traces-view.ts';

/** The list of traces: filter, facets, histogram, rows, peek. */
export function TracesPage() {
  const keys = useQuery(filterKeysQuery).data?.keys ?? builtInKeys;
  const view = useTracesView(keys);
  const list = useTraceList(view.project, view.scope, view.orderBy);
  const facets = useQuery({
    ...facetsQuery(view.project, view.scope),
    placeholderData: keepPreviousData,
  }).data;
  const histogram = useQuery({
    ...histogramQuery(view.project, view.scope),
    placeholderData: keepPreviousData,
  }).data;
  const session = useQuery(sessionQuery).data;
  const [timeOpen, setTimeOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const seen = useMemo(() => toSeen(facets), [facets]);
  const call = toListCall(
    view.project,
    session?.server.baseUrl ?? location.origin,
    view.search,
    view.orderBy,
  );
  const exportAll = (form: ExportForm) =>
    void writeExport(form, (onPage) => listAllRows(view.project, view.scope, view.orderBy, onPage));
  const total = list.total ?? facets?.total;
  return (
    <>
      <PageBar
        title={words.traces}
        detail={total === undefined ? undefined : total.toLocaleString('en')}
      >
        <TimeRange
          choice={view.search}
          onChange={view.setTime}
          open={timeOpen}
          onOpenChange={setTimeOpen}
        />
        <CopyAsMenu call={call} />
        <ListMenu
          group={view.search.group ?? 'none'}
          onGroup={view.setGroup}
          onExport={exportAll}
        />
      </PageBar>
      <Toolbar>
        <QueryBar
          value={view.search.q ?? ''}
          onChange={view.setQuery}
          keys={keys}
          seen={seen}
          refused={toRefusal(list.query.error)}
          inputRef={input}
        />
        <ColumnChooser keys={view.columnKeys} onChange={view.setColumns} />
      </Toolbar>
      <ListBody
        view={view}
        list={list}
        facets={facets}
        histogram={histogram}
        call={call}
        onFocusQuery={() => input.current?.focus()}
        onOpenTime={() => setTimeOpen(true)}
      />
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

function toRefusal(error: unknown): FilterProblem | undefined {
  if (!(error instanceof ApiProblem) || error.details?.position === undefined) return undefined;
  const { position, length = 1, suggestions = [] } = error.details;
  return { start: position, end: position + length, message: error.message, suggestions };
}
