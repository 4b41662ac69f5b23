import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toAbsolute } from '../../lib/time.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { toClass } from '../../ui/class-names.ts';
import { words } from '../messages.ts';
import { toGridRows } from './grid-rows.ts';
import { lastRunsQuery, runQuery } from './queries.ts';
import type { RunDetail, StepState } from './run.ts';

const part = words.runs;
/** As many as fit beside the names; each is read by itself. */
const shownRuns = 14;

/** The last runs of a pipeline as a grid: one column per run, one row per step. */
export function RunsGrid({ project, name }: { readonly project: string; readonly name: string }) {
  const last = useQuery(lastRunsQuery(project, shownRuns, name)).data ?? [];
  const queries = useQueries({ queries: last.map(({ id }) => runQuery(project, id)) });
  const runs = queries.flatMap(({ data }) => data ?? []);
  if (last.length === 0) return null;
  // The height is known before the runs are read: no line jumps.
  if (runs.length < last.length) return <div aria-busy="true" className="h-32 shrink-0" />;
  const rows = toGridRows(runs);
  if (rows.length === 0) return null;
  return (
    <section
      aria-label={part.grid}
      tabIndex={0}
      className="max-h-[45%] shrink-0 overflow-auto border-b border-line px-4 py-3"
      data-runs-grid={runs.length}
    >
      <table>
        <caption className="mb-2 text-left text-xs text-muted">
          {part.gridSentence(runs.length, rows.length)}
        </caption>
        <thead>
          <tr>
            <th className="sr-only">{words.graph.step}</th>
            {runs.map((run) => (
              <RunHead key={run.id} run={run} project={project} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="h-6">
              <th
                scope="row"
                className="max-w-64 min-w-36 truncate pr-4 text-left font-normal"
                data-hint={row.name}
              >
                {row.name}
              </th>
              {row.states.map((state, at) => (
                <td key={runs[at]?.id} className="px-px text-center">
                  <Cell
                    state={state}
                    run={runs[at]}
                    step={row.id}
                    project={project}
                    name={row.name}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RunHead({ run, project }: { readonly run: RunDetail; readonly project: string }) {
  const { utc } = usePreferences();
  const date = new Date(run.createdAt);
  const zone = utc ? { timeZone: 'UTC' } : {};
  const said = part.openRun(run.id, words.state[run.state]);
  return (
    <th scope="col" aria-label={said} className="px-px pb-1 text-2xs font-normal text-muted">
      <Link
        to="/p/$project/pipelines/runs/$runId"
        params={{ project, runId: run.id }}
        data-hint={`${said}, ${toAbsolute(run.createdAt, utc)}`}
        className={toClass(
          'tnum block min-h-6 w-10 rounded-sm text-center leading-tight hover:bg-hover',
          run.state === 'failed' && 'text-error',
        )}
      >
        <span className="block">
          {date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...zone })}
        </span>
        <span className="block">
          {date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...zone })}
        </span>
        <span className="sr-only">{said}</span>
      </Link>
    </th>
  );
}

const marks: Readonly<Record<StepState, readonly [sign: string, look: string]>> = {
  pending: ['·', 'text-faint'],
  running: ['…', 'bg-accent-soft text-accent'],
  waiting: ['?', 'cell-wait text-warn'],
  succeeded: ['✓', 'cell-ok text-ok'],
  failed: ['✕', 'cell-error text-error'],
  skipped: ['–', 'text-faint'],
  cancelled: ['∅', 'text-muted'],
};

function Cell({
  state,
  run,
  step,
  project,
  name,
}: {
  readonly state: StepState | undefined;
  readonly run: RunDetail | undefined;
  readonly step: string;
  readonly project: string;
  readonly name: string;
}) {
  if (state === undefined || run === undefined) return null;
  const [sign, look] = marks[state];
  const said = `${name}: ${words.state[state]}`;
  return (
    <Link
      to="/p/$project/pipelines/runs/$runId"
      params={{ project, runId: run.id }}
      search={{ step }}
      aria-label={said}
      data-hint={said}
      data-cell={state}
      className={toClass(
        'flex h-6 w-10 items-center justify-center rounded-sm text-xs font-semibold hover:outline hover:outline-line-strong',
        look,
      )}
    >
      {sign}
    </Link>
  );
}
