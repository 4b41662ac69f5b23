/** Schedules of pipelines on the wire, and the calls about them. */
import type { CoaiaClient } from './client.ts';
import type { CursorPage, PipelineRun } from './pipeline-runs-api.ts';
import type { JsonValue } from './wire.ts';

export type ScheduleOverlap = 'skip' | 'queue' | 'replace';
export type ScheduleMissed = 'run-once' | 'skip';

/** Times are ISO 8601. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  /** Those of secret variables are masked. */
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** Exactly one of the three is not null. */
  readonly cron: string | null;
  readonly every: string | null;
  readonly at: string | null;
  readonly timeZone: string;
  readonly overlap: ScheduleOverlap;
  readonly missed: ScheduleMissed;
  readonly jitterMs: number;
  readonly retries: number;
  readonly timeoutMs: number | null;
  /** Told of failures. */
  readonly webhookUrl: string | null;
  readonly isPaused: boolean;
  readonly nextAt: string | null;
  readonly lastAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ScheduleInput {
  readonly name?: string;
  readonly template: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly cron?: string;
  /** A span of time such as `15m`. */
  readonly every?: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly timeZone?: string;
  readonly overlap?: ScheduleOverlap;
  readonly missed?: ScheduleMissed;
  readonly jitterMs?: number;
  readonly retries?: number;
  readonly timeoutMs?: number;
  readonly webhookUrl?: string;
}

export type ScheduleChange = Partial<Omit<ScheduleInput, 'webhookUrl' | 'timeoutMs'>> & {
  readonly webhookUrl?: string | null;
  readonly timeoutMs?: number | null;
};

/** A schedule just made; the secret that signs its webhook is shown this once. */
export type CreatedSchedule = Schedule & { readonly webhookSecret: string | null };

/** One time at which a schedule was due. */
export interface ScheduleFiring {
  readonly at: string;
  readonly state: 'started' | 'skipped' | 'missed' | 'failed';
  readonly reason: string | null;
  readonly runId: string | null;
  readonly runState: PipelineRun['state'] | null;
}

/** The calls about schedules, the same over the embedded store and over HTTP. */
export interface SchedulesApi {
  listSchedules(query: {
    readonly limit?: number;
    readonly cursor?: string;
  }): Promise<CursorPage<Schedule>>;
  createSchedule(input: ScheduleInput): Promise<CreatedSchedule>;
  getSchedule(id: string): Promise<Schedule>;
  updateSchedule(id: string, change: ScheduleChange): Promise<Schedule>;
  deleteSchedule(id: string): Promise<void>;
  runScheduleNow(id: string): Promise<PipelineRun>;
  pauseSchedule(id: string): Promise<Schedule>;
  resumeSchedule(id: string): Promise<Schedule>;
  listFirings(
    id: string,
    query: { readonly limit?: number; readonly cursor?: string },
  ): Promise<CursorPage<ScheduleFiring>>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createSchedulesApi(client: Pick<CoaiaClient, 'request'>): SchedulesApi {
  const schedules = ['schedules'];
  const area = 'v1' as const;
  const act = <T>(id: string, action: string): Promise<T> =>
    client.request('POST', [...schedules, id, action], { area });
  return {
    listSchedules: (query) => client.request('GET', schedules, { area, query }),
    createSchedule: (body) => client.request('POST', schedules, { area, body }),
    getSchedule: (id) => client.request('GET', [...schedules, id], { area }),
    updateSchedule: (id, body) =>
      client.request('PATCH', [...schedules, id], { area, body, isRepeatable: true }),
    deleteSchedule: (id) => client.request('DELETE', [...schedules, id], { area }),
    runScheduleNow: (id) => act(id, 'run-now'),
    pauseSchedule: (id) => act(id, 'pause'),
    resumeSchedule: (id) => act(id, 'resume'),
    listFirings: (id, query) =>
      client.request('GET', [...schedules, id, 'history'], { area, query }),
  };
}
