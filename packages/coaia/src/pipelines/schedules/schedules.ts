/** Making, changing and asking about schedules of pipelines. */
import { parseTime } from '#base';
import type { Scope } from '#base';
import type { Schedule, ScheduleInput, Timing } from '#runs';
import type {
  CreatedSchedule,
  CursorPage,
  PipelineRun,
  Schedule as WireSchedule,
  ScheduleFiring,
} from '@coaia/client';
import { PIPELINE_WORKFLOW } from '../runs/plan.ts';
import { toPlan } from '../runs/to-plan.ts';
import { toWireRun } from '../runs/wire.ts';
import { toMilliseconds } from '../templates/duration.ts';
import { findTemplate } from '../templates/find-template.ts';
import type { Values } from '../templates/template.ts';
import { scheduleFailures } from './errors.ts';
import type { SchedulePorts } from './ports.ts';
import { openJson, sealJson } from './schedule-input.ts';
import type { ScheduleContent, ScheduleMetadata } from './schedule-input.ts';
import type { ScheduleBody, ScheduleChangeBody, ScheduleQuery } from './schema.ts';
import { createWebhookSecret } from './signature.ts';
import { toWireFiring, toWireSchedule } from './wire.ts';

/**
 * Makes a schedule. Fails with COAIA-0909 and COAIA-5200 (when), COAIA-5000 to 5005 (template, values), 5100, 5110
 * and 5202 (webhook); what could not run is not scheduled.
 */
export async function createSchedule(
  ports: SchedulePorts,
  scope: Scope,
  body: ScheduleBody,
): Promise<CreatedSchedule> {
  const { timing, every } = toTiming(body);
  const content = await toContent(ports, scope, body.template, body.variables ?? {});
  const { webhook, secret } = toWebhook(ports, scope, body.webhookUrl);
  const schedule = await ports.schedules.create(scope, {
    name: body.name ?? content.name,
    timing,
    workflow: PIPELINE_WORKFLOW,
    runName: content.name,
    input: content.input,
    metadata: { every, webhook } satisfies ScheduleMetadata,
    ...toRules(body),
  });
  return { ...toWireSchedule(schedule, null), webhookSecret: secret };
}

function toRules(body: ScheduleChangeBody): Partial<ScheduleInput> {
  const { timeZone, overlap, missed, jitterMs, retries, timeoutMs } = body;
  const rules = { timeZone, overlap, missed, jitterMs, retries, timeoutMs: timeoutMs ?? undefined };
  const given = Object.entries(rules).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** Exactly one of the three. */
function toTiming({ cron, every, at }: Pick<ScheduleChangeBody, 'cron' | 'every' | 'at'>): {
  readonly timing: Timing;
  readonly every: string | null;
} {
  const given = [cron, every, at].filter((value) => value !== undefined);
  if (given.length !== 1) throw wrongTiming('A schedule needs exactly one of cron, every and at.');
  if (cron !== undefined) return { timing: { cron }, every: null };
  if (every !== undefined) {
    const everyMs = toMilliseconds(every);
    if (everyMs === undefined) throw wrongTiming(`"${every}" is no span of time such as 15m.`);
    return { timing: { everyMs }, every };
  }
  const time = parseTime(at ?? '');
  if (time === undefined) throw wrongTiming(`"${at}" is no ISO 8601 time.`);
  return { timing: { at: time }, every: null };
}

function wrongTiming(message: string) {
  return scheduleFailures.create('COAIA-5200', message, {
    hint: 'coaia schedule add NAME --every 15m',
  });
}

/** What its runs are made of, tried once: a template that cannot be filled is not scheduled. */
async function toContent(
  ports: SchedulePorts,
  scope: Scope,
  template: string,
  variables: Values,
): Promise<{ readonly input: ScheduleContent; readonly name: string }> {
  const found = await findTemplate(ports.toPlaces(scope), template);
  const trial = {
    found,
    variables,
    traceId: 'trial',
    env: ports.env,
    folder: null,
    concurrency: 1,
  };
  const { plan } = toPlan(ports, scope, trial);
  const hidden = Object.keys(variables).filter(
    (name) => plan.sealed !== null && plan.variables[name] === '***',
  );
  const secret = Object.fromEntries(hidden.map((name) => [name, variables[name]]));
  const shown = Object.entries(variables).map(
    ([name, value]) => [name, hidden.includes(name) ? '***' : value] as const,
  );
  const sealed = hidden.length === 0 ? null : sealJson(ports.secrets, scope.projectId, secret);
  const input = { template, variables: Object.fromEntries(shown), sealed };
  return { input, name: found.template.name };
}

function toWebhook(
  { secrets }: SchedulePorts,
  { projectId }: Scope,
  url: string | null | undefined,
): { readonly webhook: ScheduleMetadata['webhook']; readonly secret: string | null } {
  if (url === undefined || url === null) return { webhook: null, secret: null };
  const parsed = URL.parse(url);
  const isPlain = parsed !== null && /^https?:$/.test(parsed.protocol);
  if (!isPlain || parsed.username !== '' || parsed.password !== '')
    throw scheduleFailures.create(
      'COAIA-5202',
      'The webhook is no http or https address without a name and password.',
    );
  const secret = createWebhookSecret();
  return { webhook: { url, sealed: sealJson(secrets, projectId, secret) }, secret };
}

export async function getSchedule(
  ports: SchedulePorts,
  scope: Scope,
  id: string,
): Promise<WireSchedule> {
  return toWire(ports, scope, await ports.schedules.get(scope, id));
}

async function toWire(
  ports: SchedulePorts,
  scope: Scope,
  schedule: Schedule,
): Promise<WireSchedule> {
  const { data } = await ports.schedules.history(scope, schedule.id, { limit: 20 });
  const last = data.find(({ outcome }) => outcome === 'started' || outcome === 'manual');
  return toWireSchedule(schedule, last?.firedAt ?? null);
}

export async function listSchedules(
  ports: SchedulePorts,
  scope: Scope,
  { limit, cursor }: ScheduleQuery,
): Promise<CursorPage<WireSchedule>> {
  const page = await ports.schedules.list(scope, {
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return {
    data: await Promise.all(page.data.map((schedule) => toWire(ports, scope, schedule))),
    meta: { cursor: page.cursor },
  };
}

/** Changes what is given. A change of the address makes a new secret, which is answered this once. */
export async function updateSchedule(
  ports: SchedulePorts,
  scope: Scope,
  { id, change }: { readonly id: string; readonly change: ScheduleChangeBody },
): Promise<CreatedSchedule> {
  const before = await ports.schedules.get(scope, id);
  const metadata = before.metadata as ScheduleMetadata;
  const hasTiming = [change.cron, change.every, change.at].some((value) => value !== undefined);
  const timed = hasTiming ? toTiming(change) : undefined;
  const hasContent = change.template !== undefined || change.variables !== undefined;
  const content = hasContent ? await toChangedContent(ports, scope, before, change) : undefined;
  const told =
    change.webhookUrl === undefined
      ? { webhook: metadata.webhook, secret: null }
      : toWebhook(ports, scope, change.webhookUrl);
  const after = await ports.schedules.update(scope, id, {
    ...toRules(change),
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(timed === undefined ? {} : { timing: timed.timing }),
    ...(content === undefined ? {} : { input: content.input, runName: content.name }),
    metadata: { every: timed === undefined ? metadata.every : timed.every, webhook: told.webhook },
  });
  return { ...(await toWire(ports, scope, after)), webhookSecret: told.secret };
}

/** Variables that are given replace all; those of another template are the old ones. */
function toChangedContent(
  ports: SchedulePorts,
  scope: Scope,
  before: Schedule,
  change: ScheduleChangeBody,
) {
  const { template, variables, sealed } = before.input as ScheduleContent;
  const secret =
    sealed === null ? {} : (openJson(ports.secrets, scope.projectId, sealed) as Values);
  const wanted = change.variables ?? variables;
  const known = Object.entries(wanted).map(
    ([name, value]) => [name, value === '***' ? (secret[name] ?? value) : value] as const,
  );
  return toContent(ports, scope, change.template ?? template, Object.fromEntries(known));
}

export async function pauseSchedule(
  ports: SchedulePorts,
  scope: Scope,
  id: string,
): Promise<WireSchedule> {
  return toWire(ports, scope, await ports.schedules.pause(scope, id));
}

export async function resumeSchedule(
  ports: SchedulePorts,
  scope: Scope,
  id: string,
): Promise<WireSchedule> {
  return toWire(ports, scope, await ports.schedules.resume(scope, id));
}

export async function runScheduleNow(
  ports: SchedulePorts,
  scope: Scope,
  id: string,
): Promise<PipelineRun> {
  return toWireRun(await ports.schedules.runNow(scope, id));
}

export async function listFirings(
  ports: SchedulePorts,
  scope: Scope,
  { id, limit, cursor }: ScheduleQuery & { readonly id: string },
): Promise<CursorPage<ScheduleFiring>> {
  const page = await ports.schedules.history(scope, id, {
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { data: page.data.map(toWireFiring), meta: { cursor: page.cursor } };
}
