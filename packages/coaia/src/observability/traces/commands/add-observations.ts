/** `coaia fuse traces add-observations`: many steps of a trace, from a file or stdin. */
import { systemClock } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { parseBatchItems } from '../../terminal/batch-items.ts';
import type { BatchObservation } from '../../terminal/batch-items.ts';
import { BATCH_FORMATS, findFormat, parseBatchText } from '../../terminal/batch-text.ts';
import type { BatchFormat } from '../../terminal/batch-text.ts';
import { readNamedFile } from '../../terminal/json-argument.ts';
import { createObservationEvent } from '../../terminal/observation-event.ts';
import { findTarget } from '../../terminal/observation-target.ts';
import { printReport, sendEvents } from '../../terminal/send-events.ts';

export const command = defineCommand({
  words: 'fuse traces add-observations',
  summary: 'Add many steps to a trace, from a file or stdin',
  description:
    'Takes an array, one object, {"observations": [...]}, JSON lines or YAML. Items without an id get <trace>-obs-<n>. `parent` names another item by id or name.',
  needs: observabilityApi,
  positionals: [{ name: 'traceId', summary: 'Id of the trace (default COAIA_TRACE_ID)' }],
  options: {
    file: {
      type: 'string',
      short: 'f',
      placeholder: 'PATH',
      summary: 'File to read (default stdin)',
      compat: true,
    },
    format: {
      type: 'string',
      choices: BATCH_FORMATS,
      placeholder: 'FORMAT',
      summary: 'json, yaml or jsonl (default: by the file name, else json)',
      compat: true,
    },
    'dry-run': {
      type: 'boolean',
      summary: 'Show what would be sent; no request is made',
      compat: true,
    },
    strict: { type: 'boolean', summary: 'Refuse unknown fields and parents outside the batch' },
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'The same as the argument' },
    tz: {
      type: 'string',
      placeholder: 'ZONE',
      summary: 'Zone of times that name none (default UTC)',
    },
  },
  examples: [
    'coaia fuse traces add-observations "$COAIA_TRACE_ID" -f steps.yaml --dry-run',
    'printf \'[{"name": "load", "type": "SPAN"}]\' | coaia fuse traces add-obs-batch "$COAIA_TRACE_ID"',
  ],
  async run(context, { options, args }) {
    const { traceId } = await findTarget(
      {
        positionals: args.traceId === undefined ? [] : [args.traceId],
        traceId: options['trace-id'],
        observationId: undefined,
        current: context.env['COAIA_TRACE_ID'] || undefined,
      },
      () => openApi(context),
    );
    const format = (options.format ?? findFormat(options.file) ?? 'json') as BatchFormat;
    const items = await parseBatchText(await readBatch(context, options.file), format);
    const { observations, notices } = parseBatchItems(items, {
      traceId,
      isStrict: options.strict === true,
      time: { now: systemClock(), zone: options.tz },
    });
    for (const text of notices) context.out.notice(`Note: ${text}.`);
    if (options['dry-run'] === true) {
      context.out.json(toPreview(traceId, observations));
      return;
    }
    const events = observations.map((observation) => createObservationEvent(observation));
    printReport(context.out, await sendEvents(await openApi(context), traceId, events));
  },
});

async function readBatch(
  context: Pick<CommandContext<unknown>, 'cwd' | 'stdin'>,
  file: string | undefined,
): Promise<string> {
  if (file !== undefined && file !== '-') return readNamedFile(file, context.cwd);
  return (await context.stdin()).toString('utf8');
}

/** What `--dry-run` prints; the field names are CoAiAPy's. */
function toPreview(traceId: string, observations: readonly BatchObservation[]): unknown {
  return {
    trace_id: traceId,
    total_observations: observations.length,
    observations_preview: observations.map((observation, index) => ({
      index: index + 1,
      id: observation.id,
      type: observation.type,
      name: observation['name'] ?? `Observation ${index + 1}`,
      has_input: observation['input'] !== undefined,
      has_output: observation['output'] !== undefined,
      parent: observation['parentObservationId'] ?? null,
    })),
  };
}
