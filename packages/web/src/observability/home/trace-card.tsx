import { Link } from '@tanstack/react-router';
import { toCost, toDuration } from '../../lib/format.ts';
import { Amount, Status, Time } from '../../ui/value.tsx';
import { words as roomWords } from '../messages.ts';
import { toTraceState, type TraceRow } from '../traces/trace-row.ts';

/** A few traces with the way to all of them. */
export function TraceCard({
  project,
  title,
  rows,
  nothing,
  all,
  q,
}: {
  readonly project: string;
  readonly title: string;
  readonly rows: readonly TraceRow[];
  readonly nothing: string;
  readonly all: string;
  readonly q?: string;
}) {
  return (
    <section className="min-w-0 rounded-lg border border-line" aria-label={title}>
      <div className="row-line flex h-9 items-center justify-between px-3">
        <h2 className="font-medium">{title}</h2>
        <Link
          to="/p/$project/traces"
          params={{ project }}
          search={q === undefined ? {} : { q }}
          className="inline-flex h-6 items-center rounded-sm px-1 text-xs text-accent underline-offset-2 hover:underline"
        >
          {all}
        </Link>
      </div>
      {rows.length === 0 ? <p className="px-3 py-3 text-muted">{nothing}</p> : null}
      <ul>
        {rows.map((row) => (
          <li key={row.id} className="row-line last:shadow-none">
            <Link
              to="/p/$project/traces/$traceId"
              params={{ project, traceId: row.id }}
              className="grid h-8 grid-cols-[minmax(0,1fr)_76px_64px] items-center gap-3 px-3 hover:bg-hover focus-visible:-outline-offset-2 sm:grid-cols-[minmax(0,1fr)_76px_72px_72px]"
            >
              <span className="flex min-w-0 items-center gap-2">
                <Status state={toTraceState(row)} word="" />
                <span className="sr-only">{toTraceState(row)}</span>
                <span className="truncate">{row.name ?? roomWords.unnamed}</span>
              </span>
              <Time iso={row.timestamp} className="text-right text-xs text-muted" />
              <Amount of={toDuration(row.latencyMs)} className="text-right" />
              <Amount of={toCost(row.totalCost)} className="text-right max-sm:hidden" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
