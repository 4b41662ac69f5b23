/** Is the server there, and is it ready for traffic. */
import { z } from 'zod';
import { commonErrors } from '#base';
import type { Database } from '#store';
import { defineRoute } from '#surface';
import { LANGFUSE_VERSION, platformPorts } from './platform-ports.ts';

const flag = z.stringbool({ truthy: ['true', '1', ''], falsy: ['false', '0'] }).optional();

const CHECK_MS = 2_000;

/** How long ago the last event may be for `failIfNoRecentEvents`, as Langfuse has it. */
const RECENT_MS = 180_000;

const health = z.object({
  status: z.string(),
  version: z.string(),
  coaia: z.string(),
  degraded: z.array(z.string()).optional(),
});

export const getHealth = defineRoute({
  method: 'GET',
  path: '/api/public/health',
  operation: 'health.health',
  summary: 'Says that the server answers, and what is not as it should be.',
  access: 'open',
  needs: platformPorts,
  query: z.object({ failIfDatabaseUnavailable: flag, failIfNoRecentEvents: flag }),
  response: health,
  handler: async ({ api, query }) => {
    const problem = await findStoreProblem(api.db);
    if (problem !== undefined && query.failIfDatabaseUnavailable === true)
      throw commonErrors.create('COAIA-0006', problem, { headers: { 'retry-after': '5' } });
    if (query.failIfNoRecentEvents === true && !(await hasRecentEvents(api.db)))
      throw commonErrors.create('COAIA-0006', 'No event was stored within the last 3 minutes.');
    const degraded = [...(problem === undefined ? [] : [problem]), ...api.degraded()];
    return {
      json: {
        status: 'OK',
        version: LANGFUSE_VERSION,
        coaia: api.version,
        ...(degraded.length === 0 ? {} : { degraded }),
      },
    };
  },
});

export const getReadiness = defineRoute({
  method: 'GET',
  path: '/api/public/ready',
  operation: 'health.ready',
  summary: 'Says whether the server wants traffic; 503 while it stops.',
  access: 'open',
  needs: platformPorts,
  response: health,
  handler: async ({ api }) => {
    if (api.isClosing()) throw commonErrors.create('COAIA-0006', 'The server is stopping.');
    const problem = await findStoreProblem(api.db);
    if (problem !== undefined) throw commonErrors.create('COAIA-0006', problem);
    return { json: { status: 'OK', version: LANGFUSE_VERSION, coaia: api.version } };
  },
});

async function hasRecentEvents(db: Database): Promise<boolean> {
  const [last] = await db.read<{ readonly at: number }>(
    'SELECT at FROM changes ORDER BY seq DESC LIMIT 1',
  );
  return last !== undefined && Date.now() - last.at <= RECENT_MS;
}

/** A sentence when the store does not answer within two seconds. */
async function findStoreProblem(db: Database): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('The store does not answer in time.'), CHECK_MS);
  });
  const check = db.read('SELECT 1 AS one').then(
    () => undefined,
    () => 'The store does not answer.',
  );
  try {
    return await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}
