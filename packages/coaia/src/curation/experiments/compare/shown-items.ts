/** Which items a comparison shows. */
import type { Scope } from '#base';
import type { CompareMode } from '@coaia/client';
import type { CurationPorts } from '../../ports.ts';
import type { Measure } from './measures.ts';
import type { RowSource } from './rows.ts';
import type { Answer } from './run-facts.ts';
import { readOutputs } from './sources.ts';

interface ModeQuery {
  readonly mode: CompareMode;
  readonly measure: Measure | undefined;
  readonly lowerIsBetter: boolean;
}

/** Items of a mode; regressions and improvements with the largest first. */
export async function toShownItems(
  ports: CurationPorts,
  scope: Scope,
  itemIds: readonly string[],
  source: RowSource,
  { mode, measure, lowerIsBetter }: ModeQuery,
): Promise<readonly string[]> {
  const [baseline = '', ...candidates] = source.runIds;
  if (mode === 'all') return itemIds;
  if (mode === 'errors') return itemIds.filter((id) => hasError(source, id));
  if (mode === 'different') {
    const outputs = await readAnswerOutputs(ports, scope, source, itemIds);
    return itemIds.filter((id) => hasDifference(source, id, outputs));
  }
  if (measure === undefined || measure.kind === 'label') return [];
  const sign = (mode === 'improvements' ? 1 : -1) * (lowerIsBetter ? -1 : 1);
  const size = (id: string) => {
    const before = measure.values.get(baseline)?.get(id);
    const changes = candidates.flatMap((run) => {
      const after = measure.values.get(run)?.get(id);
      if (before === undefined || after === undefined) return [];
      return [sign * (Number(after) - Number(before))];
    });
    return Math.max(0, ...changes);
  };
  return itemIds
    .map((id) => ({ id, change: size(id) }))
    .filter(({ change }) => change > 0)
    .toSorted((left, right) => right.change - left.change)
    .map(({ id }) => id);
}

/** True where a trace failed, or a run has no answer. */
function hasError({ answers, runIds }: RowSource, itemId: string): boolean {
  const own = answers.get(itemId) ?? [];
  return (
    own.some(({ isError }) => isError) ||
    runIds.some((runId) => !own.some((answer) => answer.runId === runId))
  );
}

async function readAnswerOutputs(
  { db }: CurationPorts,
  { projectId }: Scope,
  { answers }: RowSource,
  itemIds: readonly string[],
): Promise<(answer: Answer) => string | null> {
  const own = itemIds.flatMap((id) => answers.get(id) ?? []);
  const spanIds = own.flatMap(({ stored: { observation_id: id } }) => (id === null ? [] : [id]));
  const traceIds = own.map(({ stored }) => stored.trace_id);
  const [spans, traces] = await Promise.all([
    readOutputs(db, projectId, 'observations', spanIds),
    readOutputs(db, projectId, 'traces', traceIds),
  ]);
  return ({ stored }) =>
    spans.get(stored.observation_id ?? '') ?? traces.get(stored.trace_id) ?? null;
}

function hasDifference(
  { answers, runIds }: RowSource,
  itemId: string,
  read: (answer: Answer) => string | null,
): boolean {
  const own = answers.get(itemId) ?? [];
  const texts = runIds.map((runId) => {
    const answer = own.findLast((one) => one.runId === runId);
    return answer === undefined ? undefined : read(answer);
  });
  return new Set(texts).size > 1;
}
