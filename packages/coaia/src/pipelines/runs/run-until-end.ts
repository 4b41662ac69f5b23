/** Works on a run, or watches the server do so, and tells how it goes. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, renderExports } from '#base';
import type { CommandContext } from '#surface';
import type { PipelineRun, PipelineRunDetail } from '@coaia/client';
import { runFailures } from './errors.ts';
import { followRun, hasEnded } from './follow.ts';
import { renderJunit } from './junit.ts';
import type { PipelineRunCommandsApi } from './ports.ts';
import { printResult, toStepLine } from './print-run.ts';

export const followOptions = {
  detach: {
    type: 'boolean',
    short: 'd',
    summary: 'Start it and do not wait; a server works on it',
  },
  'export-env': {
    type: 'boolean',
    summary: 'Print lines that set COAIA_RUN_ID, COAIA_TRACE_ID and what the pipeline exports',
  },
  junit: { type: 'string', placeholder: 'FILE', summary: 'Write the steps as JUnit XML' },
} as const;

export interface FollowValues {
  readonly detach: boolean | undefined;
  readonly 'export-env': boolean | undefined;
  readonly junit: string | undefined;
}

type Context = CommandContext<PipelineRunCommandsApi>;

/**
 * Starts with `begin` and stays until the end; answers the exit code. After Ctrl-C the run stays as it is, and the
 * command that goes on with it is told. Throws COAIA-5111 for a run that did not succeed.
 */
export async function runUntilEnd(
  context: Context,
  options: FollowValues,
  begin: () => Promise<PipelineRun>,
): Promise<number> {
  const { flags, out, signal } = context;
  const api = await context.open();
  if (options.detach === true) {
    const run = await begin();
    for (const warning of api.warnings) out.notice(`Note: ${warning}`);
    if (flags.json) out.json(run);
    else if (options['export-env'] === true) out.line(toExports(run, {}));
    else out.line(run.id);
    return EXIT.done;
  }
  const worker = await api.openWorker();
  try {
    const { id, pipeline } = await begin();
    for (const warning of api.warnings) out.notice(`Note: ${warning}`);
    out.notice(`Run ${id} of ${pipeline.name} ${pipeline.version}`);
    const run = await followRun(api, id, {
      signal,
      onStep: (step) => out.notice(toStepLine(out, step)),
      onQuestion: ({ step, message }) =>
        out.notice(`  ${step} asks: ${message}\n  coaia pipeline runs approve ${id} ${step}`),
    });
    if (hasEnded(run)) return finish(context, options, run);
    out.notice(`Stopped. Go on with: coaia pipeline run --resume ${id}`);
    return EXIT.interrupted;
  } finally {
    await worker.close();
  }
}

function finish(
  { flags, out, cwd }: Context,
  options: FollowValues,
  run: PipelineRunDetail,
): number {
  if (options.junit !== undefined)
    writeFileSync(resolve(cwd, options.junit), renderJunit(run), { mode: 0o644 });
  const isDone = run.state === 'succeeded';
  if (flags.json) out.json(run);
  else if (isDone && options['export-env'] === true)
    out.line(toExports(run, run.output?.exports ?? {}));
  else if (isDone) printResult(out, run.output?.result);
  if (isDone) return EXIT.done;
  throw toFailure(run);
}

function toFailure({ id, error, state }: PipelineRunDetail) {
  const what = state === 'failed' ? 'failed' : 'was cancelled';
  const hint = `coaia pipeline runs show ${id}`;
  if (error === null) return runFailures.create('COAIA-5111', `Run ${id} ${what}.`, { hint });
  const place = error.step === null ? '' : ` at ${error.step}`;
  return runFailures.create(
    'COAIA-5111',
    `Run ${id} ${what}${place}. ${error.code}: ${error.message}`,
    { hint: error.hint ?? hint },
  );
}

function toExports(run: PipelineRun, exports: Readonly<Record<string, unknown>>): string {
  const named = Object.entries(exports).filter(([name]) => /^[A-Za-z_]\w*$/.test(name));
  const values = named.map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return renderExports('sh', [
    ['COAIA_RUN_ID', run.id],
    ['COAIA_TRACE_ID', run.traceId],
    ...values,
  ]);
}
