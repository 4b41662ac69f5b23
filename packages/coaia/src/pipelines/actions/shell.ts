/** `shell`: a command in the sandbox, in a folder of the run's own. */
import { runShell } from '#sandbox';
import { defineAction } from '#surface';
import { z } from 'zod';
import { duration } from '../runs/duration.ts';
import { runFailures } from '../runs/errors.ts';
import { toPlainText } from './ask-model.ts';
import { actionPorts } from './ports.ts';

const MAX_OUTPUT = 1_000_000;

export const action = defineAction({
  name: 'shell',
  summary: 'Run a command in a sandbox without network; the output is what it prints',
  needs: actionPorts,
  permission: 'shell',
  observationType: 'TOOL',
  input: z.strictObject({
    command: z.union([z.string().min(1), z.array(z.string()).min(1)]),
    stdin: z.unknown().optional(),
    timeout: duration.default(60_000),
    /** Parse what it prints as JSON. */
    json: z.boolean().default(false),
  }),
  async run(ports, context, { command, stdin, timeout, json }) {
    const result = await runShell({
      command,
      input: toPlainText(stdin),
      folder: ports.openWorkFolder(context.runId),
      timeoutMs: timeout,
      maxOutput: MAX_OUTPUT,
      signal: context.signal,
    });
    context.signal.throwIfAborted();
    if (result.kind === 'late') throw fail(`ran longer than ${timeout} ms`, '');
    if (result.kind === 'flooded') throw fail(`wrote more than ${MAX_OUTPUT} bytes`, '');
    if (result.code !== 0) throw fail(`ended with ${result.code}`, result.errors);
    const output = json ? parse(result.output) : result.output.replace(/\n$/, '');
    const metadata = result.errors === '' ? {} : { stderr: result.errors };
    return { output, metadata: { exit_code: 0, ...metadata } };
  },
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw fail('printed no JSON', text.slice(0, 200));
  }
}

function fail(what: string, said: string) {
  const end = said.trim().slice(-500);
  return runFailures.create('COAIA-5104', `The command ${what}.${end === '' ? '' : ` ${end}`}`);
}
