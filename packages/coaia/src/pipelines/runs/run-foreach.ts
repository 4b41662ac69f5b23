/** A step once for each item of a list: every item is an observation of its own below that of the step. */
import { toConditionText } from '../templates/names-in.ts';
import { renderAny } from '../templates/render-texts.ts';
import type { RenderedStep } from '../templates/rendered.ts';
import { runFailures } from './errors.ts';
import type { Execution } from './execution.ts';
import { runControl } from './run-control.ts';
import { runStep } from './run-step.ts';
import type { Finished } from './run-step.ts';
import { throwIfOver } from './suspended.ts';

/** Longest list. */
const MAX_ITEMS = 1000;

/** The outputs in the order of the items. Fails with the first item that failed, once all have ended. */
export async function runForeach(
  execution: Execution,
  step: RenderedStep,
  foreach: string | readonly unknown[],
): Promise<Finished> {
  const { context, ports, toObservation } = execution;
  const shared = execution.toVariables(step.id);
  const startedAt = ports.clock();
  const items = toItems(execution, step, { foreach, variables: shared });
  const parentObservationId = toObservation(step.id);
  const results = await Promise.allSettled(
    items.map((item, index) => {
      const key = `${step.id}[${index}]`;
      const variables = { ...shared, item, index };
      const one = { ...step, name: `${step.name} [${index}]` };
      const turn = { key, variables, parentObservationId };
      return (
        runControl(execution, one, turn) ?? execution.slots(() => runStep(execution, one, turn))
      );
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throwIfOver(context, failed.reason);
  const outputs = results.map((result) =>
    result.status === 'fulfilled' ? result.value.output : null,
  );
  const { action: _action, retry: _retry, timeoutMs: _timeout, later: _later, ...whole } = step;
  return runStep(
    execution,
    { ...whole, type: 'SPAN', input: items, metadata: { ...step.metadata, items: items.length } },
    {
      key: step.id,
      variables: shared,
      work: async (_facts, attempt) => {
        if (failed !== undefined) throw failed.reason;
        // It began with its items; of a run that was taken up again only the rest is known.
        Object.assign(attempt, { startedAt: Math.min(startedAt, attempt.startedAt) });
        return { output: outputs };
      },
    },
  );
}

interface Source {
  readonly foreach: string | readonly unknown[];
  readonly variables: Readonly<Record<string, unknown>>;
}

function toItems(
  { toRenderOptions }: Execution,
  { id }: RenderedStep,
  { foreach, variables }: Source,
): readonly unknown[] {
  const jinja = toRenderOptions(`${id}:foreach`, () => undefined);
  const items = renderAny(toExpression(foreach), { variables, jinja }, `step "${id}", foreach`);
  const list = typeof items === 'string' ? parseList(items) : items;
  if (!Array.isArray(list))
    throw runFailures.create('COAIA-5109', `The "foreach" of step "${id}" is no list.`);
  if (list.length > MAX_ITEMS)
    throw runFailures.create(
      'COAIA-5109',
      `The "foreach" of step "${id}" has ${list.length} items; ${MAX_ITEMS} are allowed.`,
    );
  return list;
}

/** A bare expression is one, too. */
function toExpression(foreach: string | readonly unknown[]): unknown {
  return typeof foreach === 'string' ? toConditionText(foreach) : foreach;
}

/** Models often write their lists as JSON. */
function parseList(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
