import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PredictionStats } from '@coaia/client';
import { lazy, Suspense, type ReactNode } from 'react';
import { toCount, toDuration, toText, type Quantity } from '../../../lib/format.ts';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { Amount, Tag } from '../../../ui/value.tsx';
import { words } from '../../messages.ts';
import { toRate, toShare, toShareRange } from '../../numbers.ts';
import { statsQuery } from '../../queries.ts';
import { statSpans, type StatSpan } from '../../search.ts';
import { listBeside } from '../../traffic.ts';
import { Section, TabBody } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';
import { ClientCalls } from './client-calls.tsx';
import { Gateways } from './gateways.tsx';

// The charts are drawn after the numbers are there.
const Charts = lazy(async () => ({ default: (await import('./stat-charts.tsx')).StatCharts }));

/** Who answers, how fast and how often, and from where it can be called. */
export function OverviewTab({ open }: { readonly open: OpenDeployment }) {
  const { view, detail } = open;
  const span = view.search.span ?? '15m';
  const { traffic } = detail;
  return (
    <TabBody label={words.tabs.overview}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-md font-semibold">
          {traffic === null ? words.noTraffic : words.answers(traffic.champion)}
        </p>
        {listBeside(traffic).map((one) => (
          <Tag key={one}>{one}</Tag>
        ))}
      </div>
      <Section
        title={words.lately}
        aside={
          <SpanChoice
            span={span}
            onChange={(next) => view.update({ span: next === '15m' ? undefined : next })}
          />
        }
      >
        <Numbers open={open} span={span} />
      </Section>
      <Gateways open={open} />
      <ClientCalls open={open} />
    </TabBody>
  );
}

function SpanChoice({
  span,
  onChange,
}: {
  readonly span: StatSpan;
  readonly onChange: (span: StatSpan) => void;
}) {
  return (
    <div role="group" aria-label={words.span} className="flex gap-1">
      {statSpans.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === span}
          className="tnum h-6 rounded-md px-2 text-xs text-muted hover:bg-hover hover:text-fg aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-fg"
          onClick={() => onChange(one)}
        >
          {words.spans[one]}
        </button>
      ))}
    </div>
  );
}

function Numbers({ open, span }: { readonly open: OpenDeployment; readonly span: StatSpan }) {
  const { project, model } = open.view;
  const query = useQuery({
    ...statsQuery(project, model, span),
    placeholderData: keepPreviousData,
  });
  const stats = query.data;
  if (stats === undefined)
    return query.isError ? (
      <div className="-m-4">
        <ErrorState
          title={words.statsFailed}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      </div>
    ) : (
      <div className="h-72" aria-busy="true" />
    );
  if (stats.total.predictions === 0)
    return (
      <p className="text-muted" data-empty="stats">
        {words.quiet(words.spanNames[span])}
      </p>
    );
  return (
    <>
      <Totals stats={stats} />
      <Suspense fallback={<div className="h-56" />}>
        <Charts stats={stats} span={span} now={query.dataUpdatedAt} />
      </Suspense>
      <Notes stats={stats} />
    </>
  );
}

/** A number that was measured, with what it was made of below it. */
interface Cell {
  readonly name: string;
  readonly value: Quantity;
  readonly note?: string;
  readonly isBad?: boolean;
}

function Totals({ stats }: { readonly stats: PredictionStats }) {
  const names = words.numbers;
  const { total, errorRate, flaggedRate } = stats;
  const { failed, refused, flagged } = total;
  const cells: readonly Cell[] = [
    { name: names.requests, value: toCount(total.predictions) },
    { name: names.perSecond, value: toRate(total.perSecond) },
    { name: names.p50, value: toDuration(total.p50Ms) },
    { name: names.p95, value: toDuration(total.p95Ms) },
    { name: names.p99, value: toDuration(total.p99Ms) },
    {
      name: names.errors,
      value: toShare(errorRate?.value),
      note: words.errorNote(toShareRange(errorRate), failed, refused),
      isBad: failed + refused > 0,
    },
    {
      name: names.flagged,
      value: toShare(flaggedRate?.value),
      note: words.flaggedNote(toShareRange(flaggedRate), flagged),
    },
  ];
  return (
    <dl className="mb-4 flex flex-wrap gap-x-8 gap-y-3" data-totals={total.predictions}>
      {cells.map(({ name, value, note, isBad = false }) => (
        <div key={name}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="text-lg">
            <Amount of={value} {...(isBad ? { className: 'text-error' } : {})} />
            {note === undefined ? null : (
              <span className="tnum block text-xs text-muted">{note}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Notes({ stats: { versions, total } }: { readonly stats: PredictionStats }): ReactNode {
  const shares = versions.map(({ version, share }) =>
    words.shareOf(version, toText(toShare(share))),
  );
  return (
    <p className="mt-2 text-xs text-muted">
      {words.shares}: {shares.join(', ')}. {words.latencyNote}
      {total.dropped === 0 ? null : ` ${words.dropped(total.dropped)}`}
    </p>
  );
}
