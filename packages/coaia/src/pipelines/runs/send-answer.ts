/** A person's answer from the command line. */
import { invalidRequest } from '#base';
import type { CommandContext } from '#surface';
import type { PipelineRunCommandsApi } from './ports.ts';

export const answerPositionals = [
  { name: 'run', summary: 'Id of the run', required: true },
  { name: 'step', summary: 'Id of the step; not needed when only one waits' },
] as const;

export const answerOptions = {
  comment: { type: 'string', short: 'c', placeholder: 'TEXT', summary: 'Kept with the answer' },
} as const;

export interface Answer {
  readonly run: string;
  readonly step: string | undefined;
  readonly comment: string | undefined;
  readonly approved: boolean;
}

/** Sends it; the run goes on wherever it is worked on. Fails with COAIA-5113 and, when it is not clear which step, COAIA-0002. */
export async function sendAnswer(
  { open, out, flags }: CommandContext<PipelineRunCommandsApi>,
  { run: id, step: named, comment, approved }: Answer,
): Promise<void> {
  const api = await open();
  const step = named ?? (await findOnly(api, id));
  const run = await api.answerApproval(id, step, {
    approved,
    ...(comment === undefined ? {} : { comment }),
  });
  if (flags.json) out.json(run);
  else out.confirm(`${approved ? 'Approved' : 'Refused'} ${step} of run ${id}.`);
}

async function findOnly(api: PipelineRunCommandsApi, id: string): Promise<string> {
  const { approvals } = await api.getPipelineRun(id);
  const [first, second] = approvals;
  if (first !== undefined && second === undefined) return first.step;
  const names = approvals.map(({ step }) => step).join(', ');
  throw invalidRequest(
    first === undefined
      ? `The run ${id} does not wait for anybody.`
      : `The run ${id} waits for several answers: ${names}. Name one.`,
  );
}
