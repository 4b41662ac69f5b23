import { useQuery } from '@tanstack/react-query';
import { absent, toCost, toCount, toDuration } from '../../../lib/format.ts';
import { toClass } from '../../../ui/class-names.ts';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { EmptyState } from '../../../ui/page/empty-state.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { Amount } from '../../../ui/value.tsx';
import { words } from '../messages.ts';
import { resultsQuery, type PromptResults } from '../queries.ts';
import { usageQuery, type VersionUsage } from '../usage.ts';
import type { PromptView } from './use-prompt.ts';

const part = words.usage;
type Scores = PromptResults['scores'];

/** Calls, p95, cost and mean scores of every version. */
export function UsageTab({ view }: { readonly view: PromptView }) {
  const { project, name, version } = view;
  const usage = useQuery(usageQuery(project, name));
  const results = useQuery(resultsQuery(project, name));
  const error = usage.error ?? results.error;
  if (error !== null) {
    const retry = () => {
      void usage.refetch();
      void results.refetch();
    };
    return <ErrorState title={part.failed} error={error} onRetry={retry} />;
  }
  if (usage.data === undefined || results.data === undefined) return <SkeletonRows rows={6} />;
  if (usage.data.length === 0)
    return <EmptyState name="usage" title={part.none} snippet={toSnippet(name, version)} />;
  return <UsageTable view={view} usage={usage.data} scores={results.data.scores} />;
}

// The program with which a call names the prompt it used.
function toSnippet(name: string, version: number): string {
  return [
    "import { NodeSDK } from '@opentelemetry/sdk-node';",
    "import { LangfuseSpanProcessor } from '@langfuse/otel';",
    "import { startObservation } from '@langfuse/tracing';",
    '',
    'const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor()] });',
    'sdk.start();',
    `const prompt = { name: ${JSON.stringify(name)}, version: ${version}, isFallback: false };`,
    "startObservation('answer', { prompt }, { asType: 'generation' }).end();",
    'await sdk.shutdown();',
  ].join('\n');
}

function UsageTable({
  view,
  usage,
  scores,
}: {
  readonly view: PromptView;
  readonly usage: readonly VersionUsage[];
  readonly scores: Scores;
}) {
  const names = [...new Set(scores.map((score) => score.name))].slice(0, 6);
  const rows = usage.toSorted((a, b) => b.version - a.version);
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const head = 'px-3 text-right font-normal whitespace-nowrap first:pl-0 first:text-left';
  return (
    <div
      className="min-h-0 flex-1 overflow-auto p-4"
      role="region"
      tabIndex={0}
      aria-label={part.table}
    >
      <p className="mb-2 text-muted">{part.sentence(calls, findBest(scores))}</p>
      <table>
        <caption className="sr-only">{part.table}</caption>
        <thead className="text-xs text-muted">
          <tr className="row-line h-[30px]">
            {[words.version, part.calls, part.p95, part.cost, part.perCall, ...names].map(
              (name) => (
                <th key={name} scope="col" className={head}>
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <UsageRow
              key={row.version}
              row={row}
              active={row.version === view.version}
              means={names.map((name) => findMean(scores, row.version, name))}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function UsageRow({
  row,
  active,
  means,
}: {
  readonly row: VersionUsage;
  readonly active: boolean;
  readonly means: readonly (number | undefined)[];
}) {
  const perCall = row.totalCost === null || row.calls === 0 ? null : row.totalCost / row.calls;
  const cell = 'px-3 text-right';
  return (
    <tr
      data-usage={row.version}
      className={toClass('row-line h-[var(--row)]', active && 'bg-hover')}
    >
      <th
        scope="row"
        className={toClass('tnum pr-3 text-left', active ? 'font-semibold' : 'font-normal')}
      >
        v{row.version}
      </th>
      <td className={cell}>
        <Amount of={toCount(row.calls)} />
      </td>
      <td className={cell}>
        <Amount of={toDuration(row.p95Latency)} />
      </td>
      <td className={cell}>
        <Amount of={toCost(row.totalCost)} />
      </td>
      <td className={cell}>
        <Amount of={toCost(perCall)} />
      </td>
      {means.map((mean, index) => (
        <td key={index} className={toClass(cell, 'tnum')}>
          {mean === undefined ? <span className="text-faint">{absent}</span> : mean.toFixed(2)}
        </td>
      ))}
    </tr>
  );
}

function findMean(scores: Scores, version: number, name: string): number | undefined {
  return scores.find((score) => score.version === version && score.name === name)?.mean;
}

// Only a score that at least two versions have can be compared.
function findBest(scores: Scores): string | undefined {
  const groups = [...Map.groupBy(scores, (score) => score.name)];
  const found = groups.find(([, lines]) => lines.length > 1);
  if (found === undefined) return undefined;
  const [name, list] = found;
  const best = list.reduce((a, b) => (b.mean > a.mean ? b : a));
  return part.best(name, best.version);
}
