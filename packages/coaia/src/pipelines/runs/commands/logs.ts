/** `coaia pipeline runs logs`: what each step gave, in the order in which they began. */
import { defineCommand } from '#surface';
import type { PipelineRunStep } from '@coaia/client';
import { followRun } from '../follow.ts';
import { pipelineRunsApi } from '../ports.ts';
import { printResult, toStepLine } from '../print-run.ts';

export const command = defineCommand({
  words: 'pipeline runs logs',
  summary: 'Print what each step of a run gave',
  needs: pipelineRunsApi,
  positionals: [{ name: 'run', summary: 'Id of the run', required: true }],
  options: {
    follow: { type: 'boolean', short: 'f', summary: 'Go on until the run has ended' },
    step: { type: 'string', placeholder: 'ID', summary: 'Only this step' },
  },
  examples: ['coaia pipeline runs logs 0b7e2c1a-4a43-4a5c-9d5e-2f3b8a7c6d5e'],
  async run({ open, out, flags, signal }, { options, args }) {
    const api = await open();
    const isWanted = ({ id }: PipelineRunStep) =>
      options.step === undefined || id === options.step || id.startsWith(`${options.step}[`);
    const print = (step: PipelineRunStep) => {
      if (!isWanted(step)) return;
      if (flags.json) out.raw(`${JSON.stringify(step)}\n`);
      else {
        out.line(toStepLine(out, step).trim());
        printResult(out, step.output);
      }
    };
    if (options.follow === true) {
      await followRun(api, args.run, { signal, onStep: print, onQuestion: () => undefined });
      return;
    }
    const { steps } = await api.getPipelineRun(args.run);
    const begun = steps.filter(({ seq }) => seq !== null);
    for (const step of begun.toSorted((one, other) => (one.seq ?? 0) - (other.seq ?? 0)))
      print(step);
  },
});
