import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-erase-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const run = (line: string) => runCoaia(line, { home });

it('says what it would delete, deletes it, and knows nobody afterwards', async () => {
  await run('fuse traces create t1 -u ada -s chat');
  const text = '1 trace, 0 observations, 0 scores, 1 session, 0 comments and 0 files';
  expect((await run('fuse users erase ada --dry-run')).stdout).toBe(`Would delete ${text}.\n`);
  expect((await run('fuse users erase ada')).code).toBe(2);
  expect((await run('fuse users erase ada --yes')).stdout).toBe(`Deleted ${text} of ada.\n`);
  const again = await run('fuse users erase ada --yes');
  expect({ code: again.code, stdout: again.stdout }).toEqual({ code: 1, stdout: '' });
  expect(again.stderr).toContain('User ada');
});
