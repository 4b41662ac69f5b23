/** Every example against a fresh server in an empty home, read back through other endpoints than it wrote to. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@coaia/client';
import type { CoaiaClient, Observation } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openSpawnHome,
  readResult,
  spawnCoaia,
  startCoaia,
} from '../../packages/coaia/src/observability/testing/spawn-coaia.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = openSpawnHome();
let client: CoaiaClient;
let variables: Record<string, string>;
let stop: () => Promise<unknown>;

beforeAll(async () => {
  const server = startCoaia(home, ['up', '--port', '0']);
  const ended = readResult(server);
  stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  const baseUrl = await findAddress();
  const keys = JSON.parse(readFileSync(join(home.coaiaHome, 'credentials.json'), 'utf8')) as {
    publicKey: string;
    secretKey: string;
  };
  client = createClient({ baseUrl, ...keys });
  const basic = Buffer.from(`${keys.publicKey}:${keys.secretKey}`).toString('base64');
  variables = {
    LANGFUSE_BASE_URL: baseUrl,
    LANGFUSE_PUBLIC_KEY: keys.publicKey,
    LANGFUSE_SECRET_KEY: keys.secretKey,
    OTEL_EXPORTER_OTLP_ENDPOINT: `${baseUrl}/api/public/otel`,
    OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Basic ${basic}`,
  };
});
afterAll(() => stop());

/** Waits until the server has said where it is. */
async function findAddress(): Promise<string> {
  for (;;) {
    try {
      const record = JSON.parse(readFileSync(join(home.coaiaHome, 'server.json'), 'utf8')) as {
        url: string;
      };
      if ((await fetch(`${record.url}/api/public/health`)).ok) return record.url;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Runs a program of examples/ and returns the trace id that it prints. */
async function runExample(
  command: string,
  file: string,
  extra: Record<string, string> = {},
): Promise<string> {
  const child = spawn(command, [join(root, 'examples', file)], {
    cwd: root,
    env: { ...home.env, ...variables, ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, stdout, stderr } = await readResult(child);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim();
}

const EXAMPLES = [
  {
    name: 'langfuse-js-v5',
    command: process.execPath,
    file: 'langfuse-js-v5/main.mjs',
    answer: 'answer',
    steps: 3,
  },
  {
    name: 'langfuse-js-v3',
    command: process.execPath,
    file: 'langfuse-js-v3/main.mjs',
    answer: 'answer',
    steps: 3,
  },
  {
    name: 'otlp-protobuf',
    command: process.execPath,
    file: 'otlp-protobuf/main.mjs',
    answer: 'chat gpt-4o-mini',
    steps: 3,
  },
  { name: 'cli', command: 'sh', file: 'cli/trace.sh', answer: 'answer', steps: 3 },
] as const;

describe.each(EXAMPLES)('$name', ({ name, command, file, answer, steps }) => {
  let traceId = '';
  let observations: readonly Observation[] = [];

  test('runs, and the trace is there at once', async () => {
    traceId = await runExample(command, file);
    const page = await client.listTraces({ name });
    expect(page.data.map(({ id }) => id)).toEqual([traceId]);
    expect(page.data[0]).toMatchObject({ userId: 'ada', sessionId: expect.any(String) });
    observations = (await client.listObservations({ traceId })).data;
    expect(observations).toHaveLength(steps);
  });

  test('the tree hangs together', () => {
    const ids = new Set(observations.map(({ id }) => id));
    const parents = observations.map(({ parentObservationId }) => parentObservationId);
    expect(parents.filter((parent) => parent === null)).toHaveLength(1);
    expect(parents.every((parent) => parent === null || ids.has(parent))).toBe(true);
  });

  test('times are those of the program', () => {
    const generation = observations.find((observation) => observation.name === answer);
    expect(generation?.latency).toBeGreaterThanOrEqual(0.025);
    expect(generation?.latency).toBeLessThan(10);
    for (const { startTime, endTime } of observations)
      expect(Date.parse(endTime ?? '')).toBeGreaterThanOrEqual(Date.parse(startTime));
  });

  test('tokens and cost are counted', async () => {
    const generation = observations.find((observation) => observation.name === answer);
    expect(generation).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-mini',
      usage: { input: 120, output: 8, total: 128 },
    });
    // Price list of gpt-4o-mini: USD 0.15 and 0.60 per million tokens.
    expect(generation?.calculatedTotalCost).toBeCloseTo((120 * 0.15 + 8 * 0.6) / 1e6, 12);
    expect((await client.getTrace(traceId)).totalCost).toBeCloseTo(
      (120 * 0.15 + 8 * 0.6) / 1e6,
      12,
    );
  });

  test('the terminal shows it from the store itself', async () => {
    const { stdout } = await spawnCoaia(home, ['traces', 'show', traceId, '--timeline']);
    expect(stdout).toContain(name);
    expect(stdout.trim().split('\n')).toHaveLength(1 + steps);
  });
});

test('the command line without a server setting reaches the same store', async () => {
  const id = await runExample('sh', 'cli/trace.sh', {
    LANGFUSE_BASE_URL: '',
    LANGFUSE_PUBLIC_KEY: '',
    LANGFUSE_SECRET_KEY: '',
  });
  expect((await client.getTrace(id)).observations).toHaveLength(3);
});
