/** `--enable-judge`: a template whose only actions are judges is recorded and judged in one go, as a run. */
import { templateFailures } from '../templates/errors.ts';
import { followRun, hasEnded } from '../runs/follow.ts';
import type { PipelineRunCommandsApi } from '../runs/ports.ts';
import { listLater, speaksOf } from '../templates/names-in.ts';
import type { RenderedPipeline } from '../templates/rendered.ts';
import type { FoundTemplate, Template, Values } from '../templates/template.ts';
import type { PipelineRunInput } from '@coaia/client';
import type { RecordedStep } from './to-events.ts';

/** Variables of built-in templates that ask for judges; they are on unless a value says otherwise. */
const SWITCHES = ['enable_judge_evaluation'];

/** The values, with judging switched on where the template has a switch for it. */
export function switchOn({ template }: FoundTemplate, given: Values): Values {
  const known = new Set(template.variables.map(({ name }) => name));
  const on = SWITCHES.filter((name) => known.has(name)).map((name) => [name, true] as const);
  return { ...Object.fromEntries(on), ...given };
}

/** Throws COAIA-5010 unless there are judges, and everything they judge is among the values given. */
export function requireJudges({ template }: FoundTemplate, { steps }: RenderedPipeline): void {
  const later = listLater(template);
  const judges = steps.filter(({ action }) => action === 'judge');
  if (judges.length === 0) throw cannotJudge(template, 'no step of it judges');
  const other = steps.find(({ action }) => action !== undefined && action !== 'judge');
  if (other !== undefined)
    throw cannotJudge(template, `"${other.name}" has to be run first, and create runs nothing`);
  const waiting = judges.find(
    (judge) => speaksOf(judge.with, later) || judge.foreach !== undefined,
  );
  if (waiting !== undefined)
    throw cannotJudge(template, `"${waiting.name}" judges what only a run makes`);
}

function cannotJudge({ name, variables }: Template, reason: string) {
  const switches = SWITCHES.filter((one) => variables.some((variable) => variable.name === one));
  return templateFailures.create(
    'COAIA-5010',
    `The template ${name} cannot be judged now: ${reason}. Nothing was sent.`,
    { hint: ['coaia pipeline run', name, ...switches.map((one) => `--var ${one}=true`)].join(' ') },
  );
}

/** Runs the judges and waits. Throws COAIA-5010 with the reason when one of them fails; the trace then says so. */
export async function runJudges(
  api: PipelineRunCommandsApi,
  input: PipelineRunInput,
  { signal, folder }: { readonly signal: AbortSignal; readonly folder: string },
): Promise<readonly RecordedStep[]> {
  const worker = await api.openWorker();
  try {
    const { id } = await api.startPipelineRun(input, { folder });
    const run = await followRun(api, id, {
      signal,
      onStep: () => undefined,
      onQuestion: () => undefined,
    });
    if (!hasEnded(run) || run.state !== 'succeeded')
      throw templateFailures.create(
        'COAIA-5010',
        `The judges gave no judgement: ${run.error?.message ?? `the run is ${run.state}`}`,
        { hint: run.error?.hint ?? `coaia pipeline runs show ${id}` },
      );
    const ids = new Map(run.steps.map((step) => [step.id, step.observationId]));
    return run.steps.flatMap(({ name, type, parent, observationId }) =>
      observationId === null
        ? []
        : [
            {
              id: observationId,
              name,
              type,
              parentId: parent === null ? null : (ids.get(parent) ?? null),
            },
          ],
    );
  } finally {
    await worker.close();
  }
}
