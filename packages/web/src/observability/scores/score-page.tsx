import type { WidgetContent } from '@coaia/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { IconTable } from '../../ui/icons.ts';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { words as boards } from '../dashboards/messages.ts';
import { widgetQuery, type TimeSpan } from '../dashboards/widget-query.ts';
import { WidgetView } from '../dashboards/widget-view.tsx';
import { TimeRange } from '../traces/time-range.tsx';
import { toMinute, toRangeMs } from '../traces/traces-search.ts';
import { AgreementTab } from './agreement-tab.tsx';
import { words } from './messages.ts';
import { scoreLinesQuery, type ScoreLine } from './queries.ts';
import type { ScoreSearch } from './scores-search.ts';

const route = getRouteApi('/p/$project/scores/$scoreName');
const firstRange = '30d';

/** One score: how its values are spread, how they went, and how far raters agree. */
export function ScorePage() {
  const { project, scoreName } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(scoreLinesQuery(project));
  const baseUrl = useServerUrl();
  const [timeOpen, setTimeOpen] = useState(false);
  const lines = query.data?.filter(({ name }) => name === scoreName);
  const line = lines?.find(({ dataType }) => dataType === search.type) ?? lines?.[0];
  const update = (change: Partial<Record<keyof ScoreSearch, string | undefined>>) =>
    void navigate({
      search: (before) => ({ ...before, ...change }) as ScoreSearch,
      replace: true,
    });
  return (
    <PageFrame
      title={scoreName}
      crumbs={[{ label: words.title, link: { to: '/p/$project/scores', params: { project } } }]}
      detail={line === undefined ? null : words.types[line.dataType]}
      call={{
        command: `coaia fuse scores list --name '${scoreName}'`,
        path: `/api/public/v3/scores?name=${encodeURIComponent(scoreName)}`,
        baseUrl,
      }}
      actions={
        <TimeRange
          choice={{ range: search.range ?? firstRange }}
          onChange={({ range }) => update({ range })}
          open={timeOpen}
          onOpenChange={setTimeOpen}
        />
      }
    >
      {query.isError ? <ErrorState title={words.failed} error={query.error} /> : null}
      {query.isPending ? <SkeletonRows rows={8} /> : null}
      {query.isSuccess && line === undefined ? (
        <p className="p-4 text-muted" data-empty="score">
          {words.detail.none}
        </p>
      ) : null}
      {line === undefined ? null : (
        <ScoreTabs project={project} line={line} search={search} update={update} />
      )}
    </PageFrame>
  );
}

interface ScoreTabsProps {
  readonly project: string;
  readonly line: ScoreLine;
  readonly search: ScoreSearch;
  readonly update: (change: Partial<Record<keyof ScoreSearch, string | undefined>>) => void;
}

function ScoreTabs({ project, line, search, update }: ScoreTabsProps) {
  const [moment] = useState(() => toMinute(Date.now()) + 60_000);
  const span = useMemo(() => {
    const length = toRangeMs(search.range ?? firstRange) ?? 0;
    return {
      from: new Date(moment - length).toISOString(),
      to: new Date(moment).toISOString(),
    };
  }, [search.range, moment]);
  return (
    <PageTabs
      label={words.detail.tabs}
      value={search.tab ?? 'distribution'}
      onChange={(tab) => update({ tab: tab === 'distribution' ? undefined : tab })}
      tabs={[
        {
          value: 'distribution',
          label: words.detail.distribution,
          render: () => <ScoreChart project={project} widget={toSpread(line)} span={span} />,
        },
        {
          value: 'time',
          label: words.detail.time,
          render: () => <ScoreChart project={project} widget={toCourse(line)} span={span} />,
        },
        {
          value: 'agreement',
          label: words.detail.agreement,
          render: () => (
            <AgreementTab
              project={project}
              line={line}
              raters={[search.a, search.b]}
              onRaters={(a, b) => update({ a, b })}
            />
          ),
        },
      ]}
    />
  );
}

function ScoreChart({
  project,
  widget,
  span,
}: {
  readonly project: string;
  readonly widget: WidgetContent;
  readonly span: TimeSpan;
}) {
  const [asTable, setAsTable] = useState(false);
  const query = useQuery({
    ...widgetQuery(project, widget, [], span),
    placeholderData: keepPreviousData,
  });
  if (query.isError) return <ErrorState title={words.detail.chartFailed} error={query.error} />;
  return (
    <div className="flex max-w-240 flex-col p-4">
      <div className="mb-2 flex justify-end">
        <Button
          tone="ghost"
          square
          aria-pressed={asTable}
          label={asTable ? boards.asChart(widget.name) : boards.asTable(widget.name)}
          onClick={() => setAsTable(!asTable)}
        >
          <IconTable size={14} />
        </Button>
      </div>
      <div className="h-80">
        {query.data === undefined ? (
          <div className="skeleton h-full" />
        ) : (
          <WidgetView widget={widget} rows={query.data} asTable={asTable} />
        )}
      </div>
    </div>
  );
}

const views = {
  NUMERIC: 'scores-numeric',
  BOOLEAN: 'scores-boolean',
  CATEGORICAL: 'scores-categorical',
  TEXT: 'scores-categorical',
} as const;

function toWidget(line: ScoreLine, change: Partial<WidgetContent>): WidgetContent {
  return {
    name: line.name,
    description: '',
    view: views[line.dataType],
    dimensions: [],
    metrics: [{ measure: 'count', agg: 'count' }],
    filters: [{ column: 'name', operator: '=', type: 'string', value: line.name }],
    chartType: 'HORIZONTAL_BAR',
    chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 30 },
    ...change,
  };
}

function toSpread(line: ScoreLine): WidgetContent {
  if (line.dataType === 'NUMERIC')
    return toWidget(line, {
      metrics: [{ measure: 'value', agg: 'histogram' }],
      chartType: 'HISTOGRAM',
      chartConfig: { type: 'HISTOGRAM', bins: 30 },
    });
  const field = line.dataType === 'BOOLEAN' ? 'booleanValue' : 'stringValue';
  return toWidget(line, { dimensions: [{ field }] });
}

function toCourse(line: ScoreLine): WidgetContent {
  const isNumeric = line.dataType === 'NUMERIC';
  const field = line.dataType === 'BOOLEAN' ? 'booleanValue' : 'stringValue';
  return toWidget(line, {
    ...(isNumeric ? { metrics: [{ measure: 'value', agg: 'avg' }] } : { dimensions: [{ field }] }),
    chartType: 'LINE_TIME_SERIES',
    chartConfig: { type: 'LINE_TIME_SERIES' },
  });
}
