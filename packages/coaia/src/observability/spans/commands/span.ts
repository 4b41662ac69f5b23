/** `coaia span NAME -- COMMAND`: records a command as a step of the surrounding trace. */
import { basename } from 'node:path';
import { createObservationId, invalidRequest, toIso } from '#base';
import type { IngestionEvent } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { readObjectOption } from '../../terminal/json-argument.ts';
import { createObservationEvent } from '../../terminal/observation-event.ts';
import { OBSERVATION_TYPES } from '../../terminal/observation-types.ts';
import { createEvent } from '../../terminal/send-events.ts';
import { runChild } from '../child-process.ts';
import type { ChildResult } from '../child-process.ts';
import { deliver } from '../deliver.ts';
import { findDestination } from '../destination.ts';
import { toKept, toOutput } from '../output-tail.ts';
import { findSpanContext, toChildEnv } from '../span-context.ts';

/** A command that runs longer is shown while it still runs. */
const ANNOUNCE_MS = 500;

export const command = defineCommand({
  words: 'span',
  summary: 'Record a command as a span of the surrounding trace',
  description:
    "stdout, stdin, signals and the exit code are the command's own. Inside `coaia trace -- ...` the span joins that trace, elsewhere it begins one.",
  needs: observabilityApi,
  takesRest: true,
  positionals: [{ name: 'name', summary: 'Name of the span (default: the command)' }],
  options: {
    type: {
      type: 'string',
      short: 't',
      choices: OBSERVATION_TYPES,
      default: 'SPAN',
      placeholder: 'TYPE',
      summary: 'Type of the observation',
    },
    metadata: { type: 'string', short: 'm', placeholder: 'JSON', summary: 'Metadata' },
    capture: {
      type: 'boolean',
      summary: 'Keep the last lines of stdout as output; --no-capture keeps none',
    },
  },
  examples: ["coaia span total -- awk -F, '{ s += $2 } END { print s }' sales.csv"],
  async run(context, { options, args, rest }) {
    const [file] = rest;
    if (file === undefined) {
      throw invalidRequest(
        'No command is given after --.',
        undefined,
        'coaia span NAME -- COMMAND',
      );
    }
    const name = args.name ?? basename(file);
    const metadata = await readObjectOption('--metadata', options.metadata, context);
    const id = createObservationId();
    const around = findSpanContext(context.env);
    const { traceId } = around;
    const body = {
      id,
      traceId,
      type: options.type,
      parentObservationId: around.parentId,
      name,
      input: rest,
    };
    const start = Date.now();
    const running = createObservationEvent({ ...body, startTime: toIso(start), metadata });
    const trace = around.isNew
      ? [createEvent('trace-create', { id: traceId, timestamp: toIso(start), name })]
      : [];
    const timer = setTimeout(() => void announce(context, [...trace, running]), ANNOUNCE_MS);
    const child = await runChild(rest, {
      cwd: context.cwd,
      env: toChildEnv(context.env, traceId, id, id),
      keep: toKept(options.capture, !context.out.isTerminal),
      hasTerminal: context.stdinIsTerminal || context.out.isTerminal,
    });
    clearTimeout(timer);
    const ended = createObservationEvent({
      ...body,
      startTime: toIso(start),
      ...toResult(child),
      output: toOutput(child.tail, options.capture),
      metadata: {
        ...metadata,
        command: { exitCode: child.exitCode, durationMs: child.durationMs },
      },
    });
    if (child.exitCode === 126 || child.exitCode === 127) reportProblem(context, name, child);
    const destination = await findDestination(context);
    await deliver(context, destination, name, [...trace, ended]);
    return child.exitCode;
  },
});

/** The end, and how it ended. */
function toResult(child: ChildResult): Record<string, unknown> {
  const endTime = toIso(child.startedAt + child.durationMs);
  return child.problem === undefined
    ? { endTime, level: 'DEFAULT' }
    : { endTime, level: 'ERROR', statusMessage: child.problem };
}

interface Announcer {
  readonly open: () => Promise<{
    readonly ingest: (events: readonly IngestionEvent[]) => Promise<unknown>;
  }>;
}

/** Best effort: whatever this says is said again at the end. */
async function announce(context: Announcer, events: readonly IngestionEvent[]): Promise<void> {
  try {
    const api = await context.open();
    await api.ingest(events);
  } catch {
    // The end of the command reports what cannot be delivered.
  }
}

function reportProblem(
  context: { readonly out: { notice(text: string): void } },
  name: string,
  child: ChildResult,
): void {
  if (child.problem !== undefined && !child.problem.startsWith('exit code')) {
    context.out.notice(`${name}: ${child.problem}`);
  }
}
