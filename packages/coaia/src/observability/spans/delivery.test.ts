/** The server is killed while a recorded command runs: nothing is lost. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceDetail } from '@coaia/client';
import { expect, test } from 'vitest';
import { openSpawnHome, readResult, spawnCoaia, startCoaia } from '../testing/spawn-coaia.ts';
import type { SpawnHome } from '../testing/spawn-coaia.ts';

interface ServerRecord {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

async function startServer(home: SpawnHome, port: number) {
  const child = startCoaia(home, ['up', '--port', String(port)]);
  const ended = readResult(child);
  for (;;) {
    try {
      const record = JSON.parse(
        readFileSync(join(home.coaiaHome, 'server.json'), 'utf8'),
      ) as ServerRecord;
      // A record left by the killed server names another process.
      if (record.pid === child.pid && (await fetch(`${record.url}/api/public/health`)).ok)
        return { child, ended, record };
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

test('what was recorded while the server was dead arrives after its restart', async () => {
  const server = openSpawnHome();
  const first = await startServer(server, 0);
  const keys = JSON.parse(readFileSync(join(server.coaiaHome, 'credentials.json'), 'utf8')) as {
    readonly publicKey: string;
    readonly secretKey: string;
  };
  const user = openSpawnHome({
    LANGFUSE_BASE_URL: first.record.url,
    LANGFUSE_PUBLIC_KEY: keys.publicKey,
    LANGFUSE_SECRET_KEY: keys.secretKey,
  });
  writeFileSync(
    join(user.home, 'job.sh'),
    `coaia span before -- true\nkill -9 ${first.child.pid}\ncoaia span after -- echo 42\n`,
  );

  const run = await spawnCoaia(user, ['trace', '--name', 'job', '--', 'sh', 'job.sh']);
  await first.ended;
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 0, stdout: '42\n' });
  expect(run.stderr).toContain('Kept for later');

  const second = await startServer(server, first.record.port);
  const shown = await spawnCoaia(user, ['traces', 'show', '@last:job', '--json']);
  const trace = JSON.parse(shown.stdout) as TraceDetail;
  expect(
    trace.observations
      .map(({ name, output }) => [name, output])
      .toSorted(([one], [two]) => (String(one) < String(two) ? -1 : 1)),
  ).toEqual([
    ['after', '42'],
    ['before', null],
  ]);
  expect(trace.metadata).toMatchObject({ command: { exitCode: 0 } });
  expect(JSON.parse((await spawnCoaia(user, ['spool', 'list', '--json'])).stdout)).toEqual([]);
  second.child.kill('SIGTERM');
  await second.ended;
});

test('with a server on this home the summary names the page', async () => {
  const home = openSpawnHome();
  const server = await startServer(home, 0);
  const { stderr } = await spawnCoaia(home, ['trace', '--name', 'page', '--', 'true']);
  expect(stderr.trim()).toMatch(
    new RegExp(
      `^page  ok  1 span  \\d+\\.\\d s  ${server.record.url}/p/default/traces/[0-9a-f]{32}$`,
    ),
  );
  server.child.kill('SIGTERM');
  await server.ended;
});
