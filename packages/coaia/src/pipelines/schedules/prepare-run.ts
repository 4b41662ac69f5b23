/** What a due schedule starts: the template as it is then, with the schedule's values. */
import { createTraceId } from '#base';
import type { Scope } from '#base';
import type { PreparedRun, Schedule } from '#runs';
import { toTraceEvent } from '../runs/start-run.ts';
import { toPlan } from '../runs/to-plan.ts';
import { findTemplate } from '../templates/find-template.ts';
import type { SchedulePorts } from './ports.ts';
import { openJson } from './schedule-input.ts';
import type { ScheduleContent, ScheduleMetadata } from './schedule-input.ts';

/** Steps at work at once. */
const CONCURRENCY = 4;

/** Reads and settles; writes nothing. Fails as starting a run does. */
export async function prepareRun(
  ports: Omit<SchedulePorts, 'schedules'>,
  scope: Scope,
  schedule: Schedule,
  fire: { readonly runId: string; readonly dueAt: number },
): Promise<PreparedRun> {
  const { template, variables, sealed } = schedule.input as ScheduleContent;
  const { webhook } = schedule.metadata as ScheduleMetadata;
  const secret = sealed === null ? {} : openJson(ports.secrets, scope.projectId, sealed);
  const traceId = createTraceId();
  const { plan } = toPlan(ports, scope, {
    found: await findTemplate(ports.toPlaces(scope), template),
    variables: { ...variables, ...(secret as ScheduleContent['variables']) },
    traceId,
    env: ports.env,
    folder: null,
    concurrency: CONCURRENCY,
  });
  const alarm = { scheduleId: schedule.id, scheduleName: schedule.name };
  const input = webhook === null ? plan : { ...plan, alarm: { ...alarm, webhook } };
  const event = toTraceEvent(plan, { id: fire.runId, traceId, now: ports.clock() });
  const body = event.body as { readonly metadata: object };
  const metadata = { ...body.metadata, schedule_id: schedule.id, schedule_name: schedule.name };
  return {
    input,
    traceId,
    name: plan.template.name,
    events: [{ ...event, body: { ...body, metadata } }],
  };
}
