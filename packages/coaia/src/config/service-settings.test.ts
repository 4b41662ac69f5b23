import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveSettings } from './resolve.ts';

let root = '';
let user = '';
let cwd = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'coaia-services-'));
  user = join(root, 'user');
  cwd = join(root, 'a/b/place');
  mkdirSync(user);
  mkdirSync(cwd, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const resolve = (env: Readonly<Record<string, string>> = {}) =>
  resolveSettings({ cwd, env: { HOME: user, ...env } });

const putHome = (value: unknown) =>
  writeFileSync(join(user, 'coaia.json'), JSON.stringify(value, null, 4));

test('the coaia.json of CoAiAPy and the dialect of coaiajs are understood', () => {
  putHome({
    openai_api_key: 'sk-1',
    pollyconf: { key: 'AK', secret: 'SK', region: 'eu-west-1' },
    jtaleconf: { host: 'redis.example', port: 6380, password: 'pw', ssl: true },
    github: { api_token: 'gh-1' },
    redis: { upstashUrl: 'https://u.example', upstashToken: 'tok' },
    shout_instruction: 'Shout.',
  });
  const { values, records } = resolve();
  expect(values).toMatchObject({
    openai_api_key: 'sk-1',
    aws_access_key_id: 'AK',
    aws_secret_access_key: 'SK',
    aws_region: 'eu-west-1',
    redis_host: 'redis.example',
    redis_port: 6380,
    redis_password: 'pw',
    redis_ssl: true,
    redis_db: 0,
    github_token: 'gh-1',
    github_base_url: 'https://api.github.com',
    upstash_url: 'https://u.example',
    upstash_token: 'tok',
  });
  expect(records[0]).toMatchObject({ shout_instruction: 'Shout.' });
});

test('variables win over files, in the order of the contract', () => {
  putHome({ jtaleconf: { host: 'file.example' }, github: { api_token: 'gh-file' } });
  const { values } = resolve({
    KV_URL: 'redis://kv',
    REDIS_URL: 'redis://other',
    REDIS_HOST: 'env.example',
    UPSTASH_HOST: 'later.example',
    GITHUB_TOKEN: 'gh-2',
    GH_TOKEN: 'gh-1',
    AWS_KEY_ID: 'old',
    AWS_ACCESS_KEY_ID: 'new',
  });
  expect(values).toMatchObject({
    redis_url: 'redis://kv',
    redis_host: 'env.example',
    github_token: 'gh-1',
    aws_access_key_id: 'new',
  });
});

test('a secret is never sent to an address that a project sets', () => {
  putHome({ openai_api_key: 'sk-home', github: { api_token: 'gh-home' } });
  writeFileSync(join(cwd, '.env'), 'OPENAI_BASE_URL=https://elsewhere.example/v1\n');
  const first = resolve({ REDIS_PASSWORD: 'pw' });
  expect(first.values).toMatchObject({
    openai_api_url: 'https://elsewhere.example/v1',
    openai_api_key: undefined,
    github_token: 'gh-home',
    redis_password: 'pw',
  });
  expect(first.candidates.openai_api_key[0]?.note).toContain('the project sets the address');
  writeFileSync(
    join(cwd, 'coaia.json'),
    JSON.stringify({ openai_api_key: 'sk-project', transcription_command: 'sh -c evil' }),
  );
  expect(resolve().values).toMatchObject({
    openai_api_key: 'sk-project',
    transcription_command: undefined,
  });
});

test('config.json takes keys of tags and refuses other unknown ones', () => {
  mkdirSync(join(user, '.coaia'));
  const put = (value: unknown) =>
    writeFileSync(join(user, '.coaia/config.json'), JSON.stringify(value));
  put({ shout_instruction: 'Shout.', shout_temperature: 0.2, mns: { short: 'long-model' } });
  expect(resolve().records).toHaveLength(1);
  put({ shout_instructoin: 'Shout.' });
  expect(() => resolve()).toThrow(/is not a setting/);
});
