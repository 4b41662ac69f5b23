/** One script of a CoAiAPy user, run unchanged with either program, each against a server of its own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSpawnHome } from '../../packages/coaia/src/observability/testing/spawn-coaia.ts';
import { openApiServer } from '../contract/api-server.ts';
import type { ApiServer } from '../contract/api-server.ts';
import { openPythonEnv, run } from './python-env.ts';
import type { Finished } from './python-env.ts';

const TRACE = '7b0e7a52-3c0e-4f0a-9d0b-5d3c8a1e2f40';
const SESSION = '0d9c2f6a-6f6f-4c61-8a56-0a8f1a3b7c11';

/** What README files of CoAiAPy show, put together; only what both get right. */
const SCRIPT = `set -e
eval "$(coaia fuse traces create ${TRACE} -s 'daily run' -u ada -n 'Nightly job' -i '{"day": 1}' -m '{"host": "a"}' --export-env)"
eval "$(coaia fuse traces add-observation "$COAIA_TRACE_ID" load -ts -n load -i in --start-time 251216143022 --end-time 251216143030 --export-env)"
coaia fuse traces add-observation "$COAIA_TRACE_ID" ask -tg -n ask --parent "$COAIA_LAST_OBSERVATION_ID" --model gpt-4o --usage '{"input": 5, "output": 3}' -o 'an answer' >/dev/null
printf '[{"id": "b1", "name": "check", "level": "WARNING"}, {"id": "b2", "type": "SPAN", "parent_observation_id": "load"}]' > steps.json
coaia fuse traces add-observations "$COAIA_TRACE_ID" --fi steps.json >/dev/null
coaia fuse traces patch-output "$COAIA_TRACE_ID" '{"ok": true}' >/dev/null
coaia fuse sessions create ${SESSION} ada -n Talk >/dev/null
coaia fuse prompts create team/greet 'Hello {{name}}' --labels production v1 --tags mail --commit-message 'the first' >/dev/null
coaia fuse prompts create team/greet "$(coaia fuse prompts get team/greet --prod -c)!" --labels staging >/dev/null
coaia fuse datasets create qa --description questions --metadata note >/dev/null
coaia fuse dataset-items create qa -i q1 -e a1 -m '{"k": 1}' --id i1 >/dev/null
coaia fuse dataset-items create qa -i '{"x":1}' -e a2 --id i2 --source-trace "$COAIA_TRACE_ID" >/dev/null
coaia fuse datasets get qa -oft --system-instruction 'Be brief.' | sort > train.jsonl
coaia fuse scc create Range NUMERIC --min-value 0 --max-value 10 --description 'how much' >/dev/null
coaia fuse scc presets install 'Helpfulness' >/dev/null
coaia fuse scc apply Range --trace-id "$COAIA_TRACE_ID" -v 7 -c fine >/dev/null
coaia fuse scc apply Helpfulness --trace-id "$COAIA_TRACE_ID" -v 'Very Helpful' >/dev/null
coaia fuse scores apply --trace-id "$COAIA_TRACE_ID" --name plain -v 0.5 >/dev/null
cat train.jsonl
echo "$COAIA_TRACE_ID $COAIA_LAST_OBSERVATION_ID"
`;

/** Made anew by every run. */
const OWN =
  /^(?:createdAt|updatedAt|timestamp|lastUpdatedAt|latency|configId|datasetId|createdBy)$/;

function toComparable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((one) => toComparable(one));
    return items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }
  if (typeof value === 'object' && value !== null) {
    // Ready-made configs are described in other words.
    const isPreset = 'categories' in value && 'dataType' in value;
    const entries = Object.entries(value).filter(
      ([name]) => !OWN.test(name) && !(isPreset && name === 'description'),
    );
    return Object.fromEntries(entries.map(([name, one]) => [name, toComparable(one, name)]));
  }
  return isOwn(key, value) ? 'own' : value;
}

/** An id that was made up, or the time of now. */
function isOwn(key: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (key === 'startTime') return !value.startsWith('2025');
  return key === 'id' && value.length === 36 && value !== TRACE && value !== SESSION;
}

const PATHS = [
  `/traces/${TRACE}`,
  `/traces/${SESSION}`,
  '/sessions/daily%20run',
  '/v2/prompts/team%2Fgreet?version=1',
  '/v2/prompts/team%2Fgreet?version=2',
  '/v2/prompts',
  '/v2/datasets/qa',
  '/dataset-items?datasetName=qa',
  '/score-configs',
  '/v2/scores',
];

describe('a script', async () => {
  const found = await openPythonEnv('coaiapy==0.6.2');
  const servers: ApiServer[] = [];
  beforeAll(async () => {
    if ('bin' in found) servers.push(await openApiServer(), await openApiServer());
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
  });

  async function runScript(server: ApiServer, program: string): Promise<Finished> {
    const place = openSpawnHome();
    writeFileSync(join(place.home, 'script.sh'), SCRIPT);
    const path = program === '' ? place.env['PATH'] : `${program}:${process.env['PATH'] ?? ''}`;
    const keys = {
      LANGFUSE_HOST: server.url,
      LANGFUSE_PUBLIC_KEY: server.publicKey,
      LANGFUSE_SECRET_KEY: server.secretKey,
    };
    return run('sh', ['script.sh'], {
      cwd: place.home,
      env: { ...keys, PATH: path, HOME: place.home, COAIA_HOME: place.coaiaHome },
      timeoutMs: 90_000,
    });
  }

  test.skipIf('missing' in found)('prints and stores the same with both', async () => {
    const [first, second] = servers;
    if (!('bin' in found) || first === undefined || second === undefined) return;
    const [theirs, ours] = await Promise.all([runScript(first, found.bin), runScript(second, '')]);
    expect([theirs.code, theirs.stderr]).toEqual([0, '']);
    expect([ours.code, ours.stdout.split('\n').at(-2)]).toEqual([0, `${TRACE} load`]);
    const parse = (text: string) =>
      text.split('\n').map((line) => (line.startsWith('{') ? (JSON.parse(line) as unknown) : line));
    expect(parse(ours.stdout)).toEqual(parse(theirs.stdout));
    for (const path of PATHS) {
      const [left, right] = await Promise.all([first.read(path), second.read(path)]);
      expect(left.status, path).toBe(200);
      expect(toComparable(right.body), path).toEqual(toComparable(left.body));
    }
  });
});
