/** The official Langfuse Python SDKs against a real server; what they wrote is read back without them. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../contract/api-server.ts';
import { DATABASES, openServerOn } from './databases.ts';
import { openPythonEnv, run } from './python-env.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const VERSIONS = [
  { major: 4, requirement: 'langfuse==4.14.3', items: 3 },
  { major: 3, requirement: 'langfuse>=3.15,<4', items: 3 },
  { major: 2, requirement: 'langfuse>=2.60,<3', items: 2 },
] as const;
const CASES = VERSIONS.flatMap((version) =>
  DATABASES.map((database) => ({ ...version, database })),
);

describe.each(CASES)('Langfuse Python SDK $major on $database', async (one) => {
  const { major, requirement, items, database } = one;
  const python = await openPythonEnv(requirement);
  let server: ApiServer;
  beforeAll(async () => {
    if ('bin' in python) server = await openServerOn(database);
  });
  afterAll(() => server?.stop());

  test.skipIf('missing' in python)('traces, scores, prompts, datasets, media, reads', async () => {
    if (!('bin' in python)) return;
    const { code, stdout, stderr } = await run(
      join(python.bin, 'python'),
      [join(import.meta.dirname, `langfuse-v${major}.py`)],
      {
        env: {
          ...RUN_ENV,
          PATH: process.env['PATH'],
          LANGFUSE_HOST: server.url,
          LANGFUSE_PUBLIC_KEY: server.publicKey,
          LANGFUSE_SECRET_KEY: server.secretKey,
        },
        timeoutMs: 100_000,
      },
    );
    expect(code, stderr.slice(-3000)).toBe(0);
    const { trace } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { trace: string };
    const { body: read } = await server.read(`/traces/${trace}`);
    expect(read).toMatchObject({ id: trace, observations: expect.any(Array) });
    const { body: prompt } = await server.read(`/v2/prompts/py${major}%2Fgreeting`);
    expect(prompt).toMatchObject({ version: 2, prompt: 'Hi {{name}}' });
    const { body: list } = await server.read('/dataset-items');
    expect(list.data).toHaveLength(items);
  });
});
