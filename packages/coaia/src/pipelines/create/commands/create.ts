/** `coaia pipeline create`: records a trace after a template; nothing is carried out. */
import { createTraceId, EXPORT_FORMATS, renderExports, systemClock } from '#base';
import type { ExportFormat } from '#base';
import { findTraceEnvironment } from '#config';
import { checkReport, sendEvents } from '#observability';
import { defineCommand } from '#surface';
import type { CommandContext, Output } from '#surface';
import { templatesApi } from '../../stored/ports.ts';
import type { TemplateCommandsApi } from '../../stored/ports.ts';
import { findTemplate } from '../../templates/find-template.ts';
import { renderPipeline } from '../../templates/render-pipeline.ts';
import type { RenderedPipeline } from '../../templates/rendered.ts';
import { toPreview } from '../../stored/summary.ts';
import { toPlainOutput } from '../../authoring/plain-lines.ts';
import { openPlaces } from '../open-places.ts';
import { readVariables, variableOptions } from '../read-variables.ts';
import type { VariableValues } from '../read-variables.ts';
import { toEvents } from '../to-events.ts';
import type { RecordedStep, RecordOptions } from '../to-events.ts';
import { requireJudges, runJudges, switchOn } from '../judge.ts';
import { findLocalTemplate } from '../../runs/find-local-template.ts';
import type { Values } from '../../templates/template.ts';

export const command = defineCommand({
  words: 'pipeline create',
  summary: 'Record a trace after a template',
  description:
    'Inputs are recorded, and what is known from the values given; steps with an action are not run: that is `coaia pipeline run`. Session and user come from the options, else from the variables session_id and user_id, else from COAIA_SESSION_ID and COAIA_USER_ID.',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Template: NAME, NAME@RANGE or ./FILE', required: true }],
  options: {
    ...variableOptions,
    'trace-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Id of the trace (default: a new one)',
      compat: true,
    },
    'session-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Session of the trace',
      compat: true,
    },
    'user-id': { type: 'string', placeholder: 'ID', summary: 'User of the trace', compat: true },
    'export-env': {
      type: 'boolean',
      summary: 'Print lines that set COAIA_TRACE_ID and its kin: eval "$(coaia ... --export-env)"',
      compat: true,
    },
    'export-format': {
      type: 'string',
      choices: EXPORT_FORMATS,
      placeholder: 'FORMAT',
      summary: 'Form of these lines; implies --export-env (default sh)',
    },
    'dry-run': {
      type: 'boolean',
      summary: 'Show what would be recorded; nothing is sent',
      compat: true,
    },
    sample: {
      type: 'boolean',
      summary: 'Record example outputs of the template; tags the trace "sample"',
    },
    'enable-judge': {
      type: 'boolean',
      summary: 'Let models judge what the values hold, and write their scores',
      compat: true,
    },
  },
  examples: [
    'coaia pipeline create simple-trace --var trace_name="My Process" --var user_id=john',
    'eval "$(coaia pipeline create data-pipeline --var processing_steps=load,export --export-env)"',
  ],
  async run(context, { options, args }) {
    const { env, cwd, flags, out } = context;
    const filled = await fill(context, args.name, options);
    const { pipeline } = filled;
    for (const warning of pipeline.warnings)
      toPlainOutput(out).notice(`Note: ${warning.replace(/\.$/, '')}.`);
    if (options['dry-run'] === true) {
      printPreview(out, pipeline, flags.json);
      return;
    }
    const traceId = options['trace-id'] ?? createTraceId();
    const isJudged = options['enable-judge'] === true;
    const observations = isJudged
      ? await judge(context, args.name, { ...filled, traceId })
      : await record(context, pipeline, {
          traceId,
          now: systemClock(),
          environment: findTraceEnvironment({ env, cwd, profile: flags.profile }),
          isSample: options.sample === true,
        });
    if (options['export-env'] === true || options['export-format'] !== undefined) {
      const format = (options['export-format'] ?? 'sh') as ExportFormat;
      out.line(renderExports(format, toVariables(traceId, pipeline, observations)));
    } else if (flags.json) out.json({ traceId, name: pipeline.trace.name, observations });
    else {
      printCreated(out, traceId, pipeline, observations);
      if (!isJudged) tellOpen(out, pipeline);
    }
  },
});

interface Filled {
  readonly pipeline: RenderedPipeline;
  /** As they were given. */
  readonly given: Values;
}

/** One batch. Throws COAIA-1065 and 1066 when events are refused. */
async function record(
  context: CommandContext<TemplateCommandsApi>,
  pipeline: RenderedPipeline,
  options: RecordOptions,
): Promise<readonly RecordedStep[]> {
  const { events, observations } = toEvents(pipeline, options);
  const { observability } = await context.open();
  checkReport(await sendEvents(observability, options.traceId, events));
  return observations;
}

async function judge(
  context: CommandContext<TemplateCommandsApi>,
  name: string,
  { pipeline, given, traceId }: Filled & { readonly traceId: string },
): Promise<readonly RecordedStep[]> {
  const { signal, cwd } = context;
  const { openRuns } = await context.open();
  if (openRuns === undefined) throw new TypeError('nothing runs judges here');
  const { userId, sessionId } = pipeline.trace;
  const template = await findLocalTemplate(context, name);
  const input = { template, variables: given, traceId, userId, sessionId };
  return runJudges(await openRuns(), input, { signal, folder: cwd });
}

interface RenderValues extends VariableValues {
  readonly strict: boolean | undefined;
  readonly sample: boolean | undefined;
  readonly 'enable-judge': boolean | undefined;
  readonly 'user-id': string | undefined;
  readonly 'session-id': string | undefined;
}

/** Everything is found, checked and rendered before anything is sent. */
async function fill(
  context: CommandContext<TemplateCommandsApi>,
  name: string,
  options: RenderValues,
): Promise<Filled> {
  const { env } = context;
  const places = openPlaces(context, async () => (await context.open()).templates);
  const found = await findTemplate(places, name);
  const isJudged = options['enable-judge'] === true;
  const known = found.template.variables.map((variable) => variable.name);
  const typed = await readVariables(context, options, known);
  const given = isJudged ? switchOn(found, typed) : typed;
  const userId = options['user-id'] ?? toDefault(given, 'user_id', env['COAIA_USER_ID']);
  const sessionId =
    options['session-id'] ?? toDefault(given, 'session_id', env['COAIA_SESSION_ID']);
  const pipeline = renderPipeline(found, given, {
    isStrict: options.strict === true,
    isSample: options.sample === true,
    env,
    ...(userId === undefined ? {} : { userId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  });
  if (isJudged) requireJudges(found, pipeline);
  return { pipeline, given };
}

/** What stands in the environment counts only where no variable says otherwise. */
function toDefault(
  given: Readonly<Record<string, unknown>>,
  name: string,
  value: string | undefined,
): string | undefined {
  return name in given ? undefined : value || undefined;
}

/** In the order of the contract: trace, session, user, last observation; then ours. */
function toVariables(
  traceId: string,
  { trace }: RenderedPipeline,
  observations: readonly RecordedStep[],
): readonly (readonly [string, string])[] {
  const [root] = observations;
  const last = observations.at(-1);
  const pairs: readonly (readonly [string, string | null | undefined])[] = [
    ['COAIA_TRACE_ID', traceId],
    ['COAIA_SESSION_ID', trace.sessionId],
    ['COAIA_USER_ID', trace.userId],
    ['COAIA_LAST_OBSERVATION_ID', last?.id],
    ['COAIA_ROOT_OBSERVATION_ID', root?.id],
    ['COAIA_PARENT_OBSERVATION_ID', last?.parentId],
  ];
  return pairs.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const],
  );
}

function printCreated(
  output: Output,
  traceId: string,
  { trace }: RenderedPipeline,
  observations: readonly RecordedStep[],
): void {
  const out = toPlainOutput(output);
  out.confirm(`Recorded trace ${traceId} (${trace.name}).`);
  for (const { id, name, type } of observations) out.confirm(`  ${id}  ${type}  ${name}`);
}

function tellOpen(out: Output, { steps }: RenderedPipeline): void {
  const open = steps.filter(({ action }) => action !== undefined).length;
  if (open > 0)
    out.notice(
      `${open} of its steps have an action and were not run; coaia pipeline run runs them.`,
    );
}

function printPreview(output: Output, pipeline: RenderedPipeline, isJson: boolean): void {
  const preview = toPreview(pipeline);
  if (isJson) {
    output.json(preview);
    return;
  }
  const out = toPlainOutput(output);
  out.line(`Would record the trace "${preview.trace.name}":`);
  for (const { name, type, kept, action, parent } of preview.steps)
    if (kept)
      out.line(
        `  ${type}  ${name}${parent === null ? '' : ` (below ${parent})`}${action === null ? '' : ` [${action}, not run]`}`,
      );
  for (const { name, kept } of preview.steps) if (!kept) out.line(`  left out  ${name}`);
}
