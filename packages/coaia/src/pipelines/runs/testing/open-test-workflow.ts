/** For tests: one plan on a journal in memory, with an action that does as it is told. */
import { defineErrors, EXIT } from '#base';
import { defineAction, needs } from '#surface';
import type { ActionContext } from '#surface';
import { z } from 'zod';
import { pipelineActions } from '../../actions.ts';
import type { RenderedStep } from '../../templates/rendered.ts';
import type { RunPlan } from '../plan.ts';
import { createPipelineWorkflow } from '../workflow.ts';
import type { WorkflowPorts } from '../workflow-ports.ts';
import { createJournal, createMemoryContext } from './memory-context.ts';

const failures = defineErrors({
  'COAIA-9901': { status: 503, exit: EXIT.failed, name: 'Passing', explain: 'x' },
  'COAIA-9902': { status: 400, exit: EXIT.failed, name: 'Staying', explain: 'x' },
});

/** A step that is only recorded. */
export const step = (id: string, fields: Partial<RenderedStep> = {}): RenderedStep => ({
  id,
  name: `Step ${id}`,
  type: 'SPAN',
  metadata: {},
  needs: [],
  ...fields,
});

/** A step with the test's action. */
export const work = (id: string, fields: Partial<RenderedStep> = {}): RenderedStep =>
  step(id, { type: 'TOOL', action: 'test', with: { say: id }, ...fields });

export interface Call {
  readonly say: unknown;
  readonly context: ActionContext;
}

/** An action that answers what it is told to say. */
export function openTest(plan: Partial<RunPlan>, ports: Partial<WorkflowPorts> = {}) {
  const calls: Call[] = [];
  const action = defineAction({
    name: 'test',
    summary: 'test',
    needs: needs<undefined>('nothing'),
    observationType: 'TOOL',
    input: z.strictObject({ say: z.unknown(), more: z.unknown().optional() }),
    async run(_api, context, { say }) {
      calls.push({ say, context });
      if (say === 'fail') throw failures.create('COAIA-9902', 'It failed.');
      if (say === 'again' && context.attempt < 3)
        throw failures.create('COAIA-9901', 'Not just now.');
      return { output: say, usageDetails: { input: 1 } };
    },
  });
  const journal = createJournal();
  const workflow = createPipelineWorkflow({
    db: undefined as never,
    clock: Date.now,
    secrets: { seal: () => ({ keyId: '', sealed: '' }), open: ({ sealed }) => sealed },
    findAction: (name) =>
      name === 'test'
        ? { name, summary: '', load: async () => ({ action }) }
        : pipelineActions.find((one) => one.name === name),
    openApi: async () => undefined,
    toChild: async (_scope, { name }) => ({
      id: 'child-1',
      workflow: 'pipeline',
      name,
      input: null,
      traceId: 'trace-2',
    }),
    closeWorkFolder: async () => undefined,
    toAlarms: () => [],
    ...ports,
  });
  const whole: RunPlan = {
    template: { name: 'test', version: '1.0', digest: 'sha256:0', source: 'project' },
    trace: { name: 'Pipeline: test', metadata: {} },
    steps: [],
    left: [],
    variables: {},
    sealed: null,
    folder: null,
    concurrency: 4,
    depth: 0,
    isStrict: false,
    ...plan,
  };
  const run = (signal?: AbortSignal) =>
    workflow.run(createMemoryContext(whole, journal, signal)).catch((error: unknown) => error);
  const bodies = () => journal.events.map(({ body }) => body as Record<string, unknown>);
  return { bodies, calls, journal, run };
}

export const toSaid = (calls: readonly Call[]) => calls.map(({ say }) => say);
