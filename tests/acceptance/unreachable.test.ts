/** Check 30: a server that is not there, and one that never answers. */
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';

const LINES = [
  'fuse traces',
  'fuse traces create T',
  'fuse traces add-observation T',
  'fuse prompts get N',
  'fuse datasets list',
  'fuse scores list',
  'fuse score-configs list',
  'fuse sessions list',
  'fuse comments list',
  'fuse projects',
];
const KEYS = { LANGFUSE_PUBLIC_KEY: 'pk-lf-a', LANGFUSE_SECRET_KEY: 'sk-lf-b' };

let silent: Server;
let port: number;
beforeAll(async () => {
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  ({ port } = silent.address() as AddressInfo);
});
afterAll(() => silent.close());

/** Port 9 of this machine: nobody listens, so it refuses at once. */
test.each(LINES)('check 30: %s ends with 4 and one line', async (line) => {
  const env = { ...KEYS, LANGFUSE_HOST: 'http://127.0.0.1:9' };
  const { code, stdout, stderr } = await runCoaia(line, { env });
  expect([code, stdout]).toEqual([4, '']);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('check 30: a silent server ends with 4 when --timeout has passed', async () => {
  const env = { ...KEYS, LANGFUSE_HOST: `http://127.0.0.1:${port}` };
  const { code, stdout } = await runCoaia('fuse traces --timeout 0.5', { env });
  expect([code, stdout]).toEqual([4, '']);
});
