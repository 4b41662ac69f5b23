/** Actions that the workflow itself does, because they outlive a process: `pipeline`, `wait`, `human`. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { duration } from '../runs/duration.ts';
import { actionPorts } from './ports.ts';

const pipelineInput = z.strictObject({
  name: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).default({}),
});

const waitInput = z
  .strictObject({ for: duration.optional(), until: z.string().optional() })
  .refine((value) => (value.for === undefined) !== (value.until === undefined), {
    message: 'Expected either "for" or "until"',
  });

const humanInput = z.strictObject({
  message: z.string().min(1),
  /** How long to wait; absent: until somebody answers. */
  timeout: duration.optional(),
});

export type PipelineInput = z.infer<typeof pipelineInput>;
export type WaitInput = z.infer<typeof waitInput>;
export type HumanInput = z.infer<typeof humanInput>;

function fromWorkflow(): never {
  throw new TypeError('the workflow does this by itself');
}

const common = { needs: actionPorts, observationType: 'SPAN', run: fromWorkflow } as const;

export const pipelineAction = defineAction({
  ...common,
  name: 'pipeline',
  summary: 'Run another pipeline and wait for its end; the output is its output',
  observationType: 'CHAIN',
  input: pipelineInput,
});

export const waitAction = defineAction({
  ...common,
  name: 'wait',
  summary: 'Wait for a while or until a time; the program may be stopped meanwhile',
  input: waitInput,
});

export const humanAction = defineAction({
  ...common,
  name: 'human',
  summary: 'Wait until a person approves or refuses',
  input: humanInput,
});
