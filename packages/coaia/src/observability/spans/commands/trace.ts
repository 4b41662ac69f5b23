/** `coaia trace --name N -- COMMAND`: records a command, and what it records itself, as one trace. */
import { basename } from 'node:path';
import { createObservationId, createTraceId, invalidRequest, systemClock } from '#base';
import { findTraceEnvironment } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { ObservabilityApi } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { readTraceFields, traceLabelOptions } from '../../terminal/trace-fields.ts';
import { runChild } from '../child-process.ts';
import type { ChildResult } from '../child-process.ts';
import { deliver } from '../deliver.ts';
import { findDestination } from '../destination.ts';
import type { Destination } from '../destination.ts';
import { toKept, toOutput } from '../output-tail.ts';
import { toChildEnv } from '../span-context.ts';
import { countSpooled } from '../spool.ts';
import {
  findRecorded,
  needsRoot,
  renderSummary,
  toRootEvent,
  toTraceEvent,
} from '../trace-recording.ts';
import type { Recording } from '../trace-recording.ts';

type Context = CommandContext<ObservabilityApi>;

/** A command that runs longer is shown while it still runs. */
const ANNOUNCE_MS = 200;

export const command = defineCommand({
  words: 'trace',
  summary: 'Record a command as a trace',
  description:
    "stdout, stdin, signals and the exit code are the command's own; the summary goes to stderr. Programs started inside find the trace in COAIA_TRACE_ID and TRACEPARENT. When the store or server is away, the recording is kept and delivered later.",
  needs: observabilityApi,
  takesRest: true,
  positionals: [],
  options: {
    ...traceLabelOptions,
    'trace-id': {
      type: 'string',
      aliases: ['id'],
      placeholder: 'ID',
      summary: 'Id of the trace (default: a new one)',
    },
    capture: { type: 'boolean', summary: 'Keep the last lines of stdout as output' },
  },
  examples: [
    'coaia trace --name etl -- sh etl.sh',
    'coaia trace --name nightly --tags cron -- make report',
  ],
  async run(context, { options, rest }) {
    const [file] = rest;
    if (file === undefined) {
      throw invalidRequest(
        'No command is given after --.',
        undefined,
        'coaia trace --name N -- COMMAND',
      );
    }
    const { env, cwd, flags } = context;
    const { name, ...fields } = await readTraceFields(
      {
        ...options,
        input: undefined,
        output: undefined,
        session: options.session ?? (env['COAIA_SESSION_ID'] || undefined),
        user: options.user ?? (env['COAIA_USER_ID'] || undefined),
        environment:
          options.environment ?? findTraceEnvironment({ env, cwd, profile: flags.profile }),
      },
      context,
    );
    const recording: Recording = {
      traceId: options['trace-id'] ?? createTraceId(),
      spanId: createObservationId(),
      name: typeof name === 'string' ? name : basename(file),
      words: rest,
      startedAt: systemClock(),
      fields,
    };
    const timer = setTimeout(() => void announce(context, recording), ANNOUNCE_MS);
    const child = await runChild(rest, {
      cwd: context.cwd,
      env: toChildEnv(env, recording.traceId, recording.spanId, undefined),
      keep: toKept(options.capture, false),
      hasTerminal: context.stdinIsTerminal || context.out.isTerminal,
    });
    clearTimeout(timer);
    await finish(context, recording, child, toOutput(child.tail, options.capture));
    return child.exitCode;
  },
});

/** Best effort: whatever this says is said again at the end. */
async function announce({ open }: Context, recording: Recording): Promise<void> {
  try {
    await (await open()).ingest([toTraceEvent(recording)]);
  } catch {
    // The end of the command reports what cannot be delivered.
  }
}

async function finish(
  context: Context,
  recording: Recording,
  child: ChildResult,
  output: string | undefined,
): Promise<void> {
  const destination = await findDestination(context);
  const recorded = await findRecorded(context.open, recording.traceId);
  const spooled = recorded === undefined ? countSpooled(destination.spool, recording.traceId) : 0;
  const hasRoot = spooled === 0 && needsRoot(recorded, recording.spanId, child);
  const events = [
    toTraceEvent(recording, child, output),
    ...(hasRoot ? [toRootEvent(recording, child, output)] : []),
  ];
  await deliver(context, destination, recording.name, events);
  const spans = (recorded?.observations.length ?? spooled) + (hasRoot ? 1 : 0);
  const summary = {
    name: recording.name,
    status: child.exitCode === 0 ? ('ok' as const) : ('error' as const),
    problem: child.problem,
    spans,
    durationMs: child.durationMs,
    place: await toPlace(context, destination, recording.traceId),
  };
  const { exitCode } = child;
  context.out.notice(
    context.flags.json
      ? JSON.stringify({ traceId: recording.traceId, exitCode, ...summary })
      : renderSummary(summary),
  );
}

/** Address of the trace's page where a server is known, else its id. */
async function toPlace(
  context: Context,
  { pageUrl }: Destination,
  traceId: string,
): Promise<string> {
  if (pageUrl === undefined) return traceId;
  const stored = await findRecorded(context.open, traceId);
  return stored === undefined ? traceId : `${pageUrl}${stored.htmlPath}`;
}
