import { toCost, toCount, toDuration, toText } from '../../lib/format.ts';
import { RunView } from './run-view.tsx';
import { words } from './messages.ts';
import { toSpread } from './spread.ts';
import type { Run } from './runs.ts';
import type { ColumnRuns } from './use-runs.ts';

/** What came out of a column: one answer, or one per repetition and how they differ. */
export function OutputPane({
  name,
  project,
  state,
}: {
  /** Name of the column. */
  readonly name: string;
  readonly project: string;
  readonly state: ColumnRuns[string] | undefined;
}) {
  const runs = state?.runs ?? [];
  return (
    <section
      aria-label={words.output(name)}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
    >
      {state?.fault === undefined ? null : (
        <p role="alert" className="p-3 break-words text-error">
          {state.fault}
        </p>
      )}
      {runs.length === 0 && state?.fault === undefined ? (
        <p className="p-3 text-faint">{words.noOutput}</p>
      ) : null}
      <SpreadLine runs={runs} />
      {runs.map((run, index) => (
        <RunView
          key={run.id}
          project={project}
          run={run}
          {...(runs.length === 1 ? {} : { label: words.repetition(index + 1, runs.length) })}
        />
      ))}
    </section>
  );
}

function SpreadLine({ runs }: { readonly runs: readonly Run[] }) {
  const spread = toSpread(runs);
  if (spread === undefined) return null;
  const { cost, distinct, done, latency, output, valid } = spread;
  const [least, middle, most] = latency.map((one) => toText(toDuration(one)));
  const tokens = output?.map((one) => toText(toCount(Math.round(one))));
  return (
    <dl
      aria-label={words.spread.label}
      className="tnum flex flex-wrap gap-x-4 gap-y-1 border-b border-line px-3 py-2 text-xs [&_dt]:text-muted [&>div]:flex [&>div]:gap-1.5"
    >
      <div>
        <dt>{words.spread.label}</dt>
        <dd>{words.spread.distinct(distinct, done)}</dd>
      </div>
      <div data-hint={words.spread.rangeHint}>
        <dt>{words.latency}</dt>
        <dd>{words.spread.range(least ?? '', middle ?? '', most ?? '')}</dd>
      </div>
      <div data-hint={words.spread.rangeHint}>
        <dt>{words.tokens}</dt>
        <dd>
          {tokens === undefined
            ? words.unknown
            : words.spread.range(tokens[0] ?? '', tokens[1] ?? '', tokens[2] ?? '')}
        </dd>
      </div>
      <div>
        <dt>{words.cost}</dt>
        <dd>{cost === null ? words.unknown : toText(toCost(cost))}</dd>
      </div>
      {valid === null ? null : (
        <div>
          <dt>{words.schema}</dt>
          <dd>{words.spread.valid(valid, done)}</dd>
        </div>
      )}
    </dl>
  );
}
