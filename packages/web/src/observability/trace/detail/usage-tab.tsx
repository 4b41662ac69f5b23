import type { Observation, Trace } from '@coaia/client';
import type { ReactNode } from 'react';
import { absent, toCost, toCount, toDuration } from '../../../lib/format.ts';
import { Amount } from '../../../ui/value.tsx';
import { words } from '../messages.ts';
import type { TraceTreeAnswer } from '../node.ts';
import type { TreeNode } from '../tree.ts';
import { JsonTree } from './json-tree.tsx';
import { Facts } from './metadata-tab.tsx';

/** Tokens and money of what is selected, and of everything below it. */
export function UsageTab({
  subject,
  answer,
  item,
}: {
  readonly subject: Observation | Trace;
  readonly answer: TraceTreeAnswer;
  readonly item: TreeNode | undefined;
}) {
  const observation = 'usageDetails' in subject ? subject : undefined;
  const parameters = observation?.modelParameters;
  return (
    <div className="space-y-5 p-3">
      <Facts rows={observation === undefined ? toTraceRows(answer) : toRows(observation, item)} />
      {observation === undefined ? null : <UsageTable observation={observation} />}
      {parameters === null ||
      parameters === undefined ||
      Object.keys(parameters).length === 0 ? null : (
        <section>
          <h3 className="mb-1.5 text-xs font-medium text-muted">{words.parameters}</h3>
          <JsonTree value={parameters} label={words.parameters} className="max-h-60" />
        </section>
      )}
    </div>
  );
}

function toTraceRows({ trace }: TraceTreeAnswer): readonly (readonly [string, ReactNode])[] {
  return [
    [words.duration, <Amount key="d" of={toDuration(trace.latencyMs)} />],
    [words.cost, <Amount key="c" of={toCost(trace.totalCost)} />],
    [words.tokens, <Amount key="t" of={toCount(trace.totalTokens)} />],
    [words.input, <Amount key="i" of={toCount(trace.inputTokens)} />],
    [words.output, <Amount key="o" of={toCount(trace.outputTokens)} />],
  ];
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}

// Output tokens per second, counted from the first token on; undefined where it cannot be known.
function toSpeed({ latency, timeToFirstToken, usageDetails }: Observation): number | undefined {
  const seconds = latency === null ? 0 : latency - (timeToFirstToken ?? 0);
  const output = usageDetails['output'] ?? 0;
  return seconds > 0 && output > 0 ? output / seconds : undefined;
}

function toRows(
  observation: Observation,
  item: TreeNode | undefined,
): readonly (readonly [string, ReactNode])[] {
  const speed = toSpeed(observation);
  const rows: (readonly [string, ReactNode])[] = [
    [words.model, observation.model ?? absent],
    [words.duration, <Amount key="d" of={toDuration(toMs(observation.latency))} />],
    [
      words.timeToFirstToken,
      <Amount key="f" of={toDuration(toMs(observation.timeToFirstToken))} />,
    ],
    [
      words.tokensPerSecond,
      speed === undefined ? absent : `${speed.toFixed(1)} ${words.perSecond}`,
    ],
  ];
  if (item === undefined || item.children.length === 0) return rows;
  const sums = (
    <span className="flex gap-3">
      <Amount of={toCost(item.subtreeCost)} />
      <Amount of={toCount(item.subtreeTokens)} />
    </span>
  );
  return [...rows, [words.subtree, sums]];
}

function UsageTable({ observation }: { readonly observation: Observation }) {
  const kinds = [
    ...new Set([...Object.keys(observation.usageDetails), ...Object.keys(observation.costDetails)]),
  ].filter((kind) => kind !== 'total');
  if (kinds.length === 0) return <p className="text-muted">{words.noUsage}</p>;
  const sorted = [...kinds.toSorted(), 'total'];
  const priced = Object.keys(observation.costDetails).length > 0;
  return (
    <section>
      <table className="tnum w-full max-w-120">
        <thead>
          <tr className="row-line h-7 text-left text-xs text-muted">
            <th className="font-medium">{words.usageKind}</th>
            <th className="text-right font-medium">{words.usageUnits}</th>
            <th className="text-right font-medium">{words.usageCost}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((kind) => (
            <tr key={kind} className={`row-line h-7 ${kind === 'total' ? 'font-medium' : ''}`}>
              <td>{kind === 'total' ? words.total : kind}</td>
              <td className="text-right">
                {observation.usageDetails[kind]?.toLocaleString('en') ?? absent}
              </td>
              <td className="text-right">
                <Amount of={toCost(observation.costDetails[kind])} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {priced ? null : <p className="mt-2 text-xs text-muted">{words.noPrice}</p>}
    </section>
  );
}
