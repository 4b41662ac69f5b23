import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from './testing.ts';

let home: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-protect-'));
  await runCoaia('config set protected true --profile prod', { home });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a protected profile', () => {
  test.each([
    'fuse traces delete t1',
    'fuse scores delete s1',
    'fuse prompts delete greet',
    'fuse prompts label greet 1 production',
    'fuse prompts create greet hello --labels production',
    'fuse datasets delete d',
    'dashboards delete d',
    'users remove u',
    'db retention',
    'env clear',
  ])('%s needs --yes, at a terminal too', async (line) => {
    const asked = { home, isTTY: true, answers: ['y', 'y'], env: { NO_COLOR: '1' } };
    const { code, stdout, stderr } = await runCoaia(`${line} --profile prod`, asked);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/COAIA-0226: The profile prod is protected\.\n.*--yes/);
    expect(readdirSync(join(home, '.coaia'))).toEqual(['config.json']);
  });

  test('lets it happen with --yes, and other profiles do not ask', async () => {
    const meant = await runCoaia('env clear --profile prod --yes', { home });
    expect(meant.stderr).toContain('COAIA-5401');
    const other = await runCoaia('env clear --profile dev', { home });
    expect(other.stderr).toContain('COAIA-5401');
  });

  test('chosen for the folder counts as well, and what takes nothing away goes on', async () => {
    await runCoaia('env use prod', { home });
    expect((await runCoaia('fuse traces delete t1', { home })).stderr).toContain('COAIA-0226');
    expect((await runCoaia('fuse prompts create greet hello', { home })).code).toBe(0);
    const { stdout } = await runCoaia('fuse traces create t1 -n x', { home });
    expect(stdout).toContain('t1');
    const view = await runCoaia('fuse traces trace-view t1 --json', { home });
    expect(JSON.parse(view.stdout)).toMatchObject({ environment: 'prod' });
  });

  test('cannot be switched off by a project', async () => {
    const { stderr } = await runCoaia('config set protected false --project --profile prod', {
      home,
      cwd: mkdtempSync(join(home, 'project-')),
    });
    expect(stderr).not.toContain('Error');
    const cwd = readdirSync(home).find((name) => name.startsWith('project-')) ?? '';
    const { code } = await runCoaia('fuse traces delete t1 --profile prod', {
      home,
      cwd: join(home, cwd),
    });
    expect(code).toBe(2);
  });
});

test('config explain shows the profile and what chose it', async () => {
  await runCoaia('env use prod', { home });
  const { stdout } = await runCoaia('config explain protected', { home });
  expect(stdout).toContain(`Profile: prod (${join(home, '.coaia/profiles.json')})`);
  const json = await runCoaia('config explain port --json --profile dev', { home });
  expect(JSON.parse(json.stdout)).toMatchObject({ profile: 'dev' });
});
