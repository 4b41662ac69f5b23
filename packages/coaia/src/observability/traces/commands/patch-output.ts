/** `coaia fuse traces patch-output`: sets a trace's output and touches nothing else. */
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { terminalFailures } from '../../terminal/errors.ts';
import { parseLooseJson, readNamedFile, readValue } from '../../terminal/json-argument.ts';
import { findTarget } from '../../terminal/observation-target.ts';
import { createEvent, printReport, sendEvents } from '../../terminal/send-events.ts';

export const command = defineCommand({
  words: 'fuse traces patch-output',
  summary: 'Set the output of a trace',
  description:
    'The output comes from the argument, a file or stdin: JSON if it is JSON, else text.',
  needs: observabilityApi,
  positionals: [
    { name: 'traceId', summary: 'Id of the trace (default COAIA_TRACE_ID)' },
    { name: 'output', summary: 'The output; JSON or text, @file, or - for stdin' },
  ],
  options: {
    file: {
      type: 'string',
      short: 'f',
      placeholder: 'PATH',
      summary: 'Read the output from a file',
      compat: true,
    },
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'The same as the argument' },
    output: { type: 'string', short: 'o', summary: 'The same as the second argument' },
  },
  examples: [
    'coaia fuse traces patch-output "$COAIA_TRACE_ID" \'{"total": 42}\'',
    'echo done | coaia fuse traces patch-output "$COAIA_TRACE_ID"',
  ],
  async run(context, { options, args }) {
    const named = options['trace-id'];
    const { traceId } = await findTarget(
      {
        positionals: named === undefined && args.traceId !== undefined ? [args.traceId] : [],
        traceId: named,
        observationId: undefined,
        current: context.env['COAIA_TRACE_ID'] || undefined,
      },
      () => openApi(context),
    );
    // With a named trace the first argument is the output.
    const text =
      options.output ?? (named === undefined ? args.output : (args.traceId ?? args.output));
    const output = await readOutput(context, text, options.file);
    const report = await sendEvents(await openApi(context), traceId, [
      createEvent('trace-create', { id: traceId, output }),
    ]);
    printReport(context.out, report);
  },
});

type Source = Parameters<typeof readValue>[1] & { readonly stdinIsTerminal: boolean };

async function readOutput(
  source: Source,
  text: string | undefined,
  file: string | undefined,
): Promise<unknown> {
  if (file !== undefined && file !== '-')
    return parseLooseJson(await readNamedFile(file, source.cwd));
  if (text !== undefined && file === undefined) return readValue(text, source);
  const given = source.stdinIsTerminal ? '' : (await source.stdin()).toString('utf8');
  if (given !== '') return parseLooseJson(given);
  throw terminalFailures.create(
    'COAIA-1064',
    'No output is given: not as an argument, not by --file, not on stdin.',
    {
      hint: 'coaia fuse traces patch-output TRACE_ID \'{"total": 42}\'',
    },
  );
}
