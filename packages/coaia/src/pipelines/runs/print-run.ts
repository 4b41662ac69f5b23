/** Runs and their steps in a terminal. */
import type { Column, Output } from '#surface';
import type { PipelineRun, PipelineRunDetail, PipelineRunStep } from '@coaia/client';

const KINDS = {
  queued: 'muted',
  running: 'accent',
  waiting: 'warn',
  succeeded: 'ok',
  failed: 'error',
  cancelled: 'muted',
  skipped: 'muted',
  pending: 'muted',
} as const;

/** `1.2 s`, `3 min 5 s`; empty while it is not known. */
export function toSpan(from: string | null, to: string | null): string {
  if (from === null || to === null) return '';
  const ms = Date.parse(to) - Date.parse(from);
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export const runColumns: readonly Column<PipelineRun>[] = [
  { header: 'Run', value: ({ id }) => id },
  { header: 'Pipeline', value: ({ pipeline }) => pipeline.name },
  { header: 'State', value: ({ state }) => state },
  { header: 'Started', value: (run) => run.startedAt ?? run.createdAt, drop: 2 },
  { header: 'Took', value: (run) => toSpan(run.startedAt, run.endedAt), align: 'right', drop: 1 },
  { header: 'Error', value: ({ error }) => error?.code ?? '', drop: 3 },
];

export const stepColumns: readonly Column<PipelineRunStep>[] = [
  { header: 'Step', value: ({ id }) => id },
  { header: 'Action', value: ({ action }) => action ?? '', drop: 1 },
  { header: 'State', value: ({ state }) => state },
  {
    header: 'Tries',
    value: ({ attempt }) => (attempt === 0 ? '' : String(attempt)),
    align: 'right',
    drop: 3,
  },
  {
    header: 'Took',
    value: (step) => toSpan(step.startedAt, step.endedAt),
    align: 'right',
    drop: 2,
  },
  { header: 'Error', value: ({ error }) => error?.code ?? '' },
];

/** One line of progress, for stderr. */
export function toStepLine(out: Output, step: PipelineRunStep): string {
  const state = out.style(KINDS[step.state], step.state);
  const span = toSpan(step.startedAt, step.endedAt);
  const parts = [
    step.id,
    state,
    ...(step.attempt > 1 ? [`(try ${step.attempt})`] : []),
    ...(span === '' ? [] : [span]),
    ...(step.error === null ? [] : [`${step.error.code}: ${step.error.message}`]),
  ];
  return `  ${parts.join(' ')}`;
}

/** Facts of a run, one in a line. */
export function printRun(out: Output, run: PipelineRunDetail): void {
  const { template, state, error } = run;
  out.line(`Run       ${run.id}`);
  out.line(`Pipeline  ${template.name} ${template.version} (${template.source})`);
  out.line(`State     ${out.style(KINDS[state], state)}`);
  out.line(`Trace     ${run.traceId}`);
  out.line(`Created   ${run.createdAt}`);
  if (run.endedAt !== null)
    out.line(`Took      ${toSpan(run.startedAt ?? run.createdAt, run.endedAt)}`);
  if (run.wakeAt !== null) out.line(`Goes on   ${run.wakeAt}`);
  if (error !== null)
    out.line(
      `Error     ${error.step === null ? '' : `${error.step}: `}${error.code}: ${error.message}`,
    );
  out.table('steps', run.steps, stepColumns);
  for (const { step, message } of run.approvals) {
    out.line(`Waits for an answer to ${step}: ${message}`);
    out.line(`  coaia pipeline runs approve ${run.id} ${step}`);
  }
}

/** Texts as they are, everything else as JSON. */
export function printResult(out: Output, result: unknown): void {
  if (result === null || result === undefined) return;
  out.line(typeof result === 'string' ? result : JSON.stringify(result, undefined, 2));
}
