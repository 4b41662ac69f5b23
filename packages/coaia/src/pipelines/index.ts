/** The door of the pipelines room: templates, environments, runs, schedules. */
import type { Scope } from '#base';
import type { Database } from '#store';
import type { Route } from '#surface';
import type { PrepareRun, Run, RunFailure, RunRequest, Schedule, Workflow } from '#runs';
import type { JudgementsApi, PipelinesApi, SchedulesApi, TasksApi } from '@coaia/client';
import type { ActionPorts } from './actions/ports.ts';
import type { PipelineRunCommandsApi, PipelineRunPorts } from './runs/ports.ts';
import type { WorkflowPorts } from './runs/workflow-ports.ts';
import type { SchedulePorts } from './schedules/ports.ts';
import type { Told, WebhookPorts } from './schedules/webhook.ts';
import type { TemplatePorts } from './stored/ports.ts';
import type { TaskPorts } from './tasks/ports.ts';
import type { TemplatePlaces } from './templates/places.ts';
import type { templateFields } from './templates/schema.ts';

export { actionPorts, type ActionPorts } from './actions/ports.ts';
export {
  pipelineRunPorts,
  type PipelineRunCommandsApi,
  type PipelineRunPorts,
} from './runs/ports.ts';
export type { ChildRequest, WorkflowPorts } from './runs/workflow-ports.ts';
export { schedulePorts, type SchedulePorts } from './schedules/ports.ts';
export type { DeployApi } from './plan/ports.ts';
export { sharingFailures } from './sharing/errors.ts';
export type { SharingApi } from './sharing/ports.ts';
export { taskPorts, type TaskPorts } from './tasks/ports.ts';
export { templatePorts, type TemplateCommandsApi, type TemplatePorts } from './stored/ports.ts';

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadPipelineRoutes(): Promise<readonly Route[]> {
  const { pipelineRoutes } = await import('./routes.ts');
  return pipelineRoutes;
}

/** The calls about templates over the embedded store. */
export async function openLocalTemplates(
  ports: TemplatePorts,
  scope: Scope,
): Promise<PipelinesApi> {
  const { createLocalTemplates } = await import('./stored/local-templates.ts');
  return createLocalTemplates(ports, scope);
}

/** Where a project's templates lie in the store. */
export async function openTemplatePlaces(): Promise<
  (db: Database, scope: Scope) => TemplatePlaces
> {
  const { toStoredPlaces } = await import('./stored/stored-templates.ts');
  return toStoredPlaces;
}

/** Carries out runs of pipelines; an engine takes it. Steps load what they need when they run. */
export async function openPipelineWorkflow(
  ports: Omit<WorkflowPorts, 'toChild'>,
  templates: Omit<PipelineRunPorts, 'runs'>,
): Promise<Workflow> {
  const [{ createPipelineWorkflow }, { toChildRequest }] = await Promise.all([
    import('./runs/workflow.ts'),
    import('./runs/start-run.ts'),
  ]);
  return createPipelineWorkflow({
    ...ports,
    toChild: (scope, request) => toChildRequest(templates, scope, request),
  });
}

/** The calls about runs over the embedded store. */
export async function openLocalPipelineRuns(
  ports: PipelineRunPorts,
  scope: Scope,
  openWorker: PipelineRunCommandsApi['openWorker'],
): Promise<PipelineRunCommandsApi> {
  const { createLocalPipelineRuns } = await import('./runs/local-api.ts');
  return createLocalPipelineRuns(ports, scope, openWorker);
}

/** The calls about tasks over the embedded store. */
export async function openLocalTasks(ports: TaskPorts, scope: Scope): Promise<TasksApi> {
  const { createLocalTasks } = await import('./tasks/local-api.ts');
  return createLocalTasks(ports, scope);
}

/** Tells addresses about failures; an engine takes it. */
export async function openWebhooks(ports: WebhookPorts) {
  const { createWebhookWorkflow, toWebhookRun } = await import('./schedules/webhook.ts');
  const { toPlanAlarm, toFireAlarm } = await import('./schedules/alarms.ts');
  const toRequests = (told: Told | undefined): readonly RunRequest[] =>
    told === undefined ? [] : [toWebhookRun(told, ports.clock())];
  return {
    workflow: createWebhookWorkflow(ports),
    toRunAlarms: (run: Run, error: RunFailure) => toRequests(toPlanAlarm(run, error)),
    toFireAlarms: (schedule: Schedule, detail: string | null) =>
      toRequests(toFireAlarm(schedule, detail)),
  };
}

/** What the engine asks when a schedule is due. */
export async function openScheduleRuns(
  ports: Omit<SchedulePorts, 'schedules'>,
): Promise<PrepareRun> {
  const { prepareRun } = await import('./schedules/prepare-run.ts');
  return (scope, schedule, fire) => prepareRun(ports, scope, schedule, fire);
}

/** The calls about schedules over the embedded store. */
export async function openLocalSchedules(
  ports: SchedulePorts,
  scope: Scope,
): Promise<SchedulesApi> {
  const { createLocalSchedules } = await import('./schedules/local-api.ts');
  return createLocalSchedules(ports, scope);
}

/** The type of template files, for their JSON Schema. */
export async function loadTemplateFields(): Promise<typeof templateFields> {
  const { templateFields: fields } = await import('./templates/schema.ts');
  return fields;
}

/** The calls about judging over the embedded store. */
export async function openLocalJudging(ports: ActionPorts, scope: Scope): Promise<JudgementsApi> {
  const [{ judgeTrace }, { judgementBody }, { parseRequest }] = await Promise.all([
    import('./judging/judge-trace.ts'),
    import('./judging/schema.ts'),
    import('#observability'),
  ]);
  return { judge: async (input) => judgeTrace(ports, scope, parseRequest(judgementBody, input)) };
}
