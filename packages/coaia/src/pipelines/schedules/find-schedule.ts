/** Schedules by id or by name, as people type them. */
import { invalidRequest, notFound } from '#base';
import type { Schedule, SchedulesApi } from '@coaia/client';

/** Fails with COAIA-0003 for none and COAIA-0002 for a name that several have. */
export async function findSchedule(api: SchedulesApi, idOrName: string): Promise<Schedule> {
  const all = await listAll(api);
  const byId = all.find(({ id }) => id === idOrName);
  if (byId !== undefined) return byId;
  const [first, second] = all.filter(({ name }) => name === idOrName);
  if (first === undefined) throw notFound('Schedule', idOrName, 'coaia schedule list');
  if (second === undefined) return first;
  throw invalidRequest(
    `Several schedules are called ${idOrName}; name one by its id.`,
    undefined,
    'coaia schedule list',
  );
}

/** Every schedule of the project. */
export async function listAll(api: SchedulesApi): Promise<readonly Schedule[]> {
  const all: Schedule[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listSchedules({
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    all.push(...page.data);
    cursor = page.meta.cursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** `cron 0 6 * * * (Europe/Berlin)`, `every 15m`, `at 2026-12-01T06:00:00.000Z`. */
export function toWhen({ cron, every, at, timeZone }: Schedule): string {
  if (cron !== null) return `cron ${cron}${timeZone === 'UTC' ? '' : ` (${timeZone})`}`;
  return every === null ? `at ${at ?? ''}` : `every ${every}`;
}
