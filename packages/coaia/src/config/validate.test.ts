import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findKeyLine } from './key-line.ts';
import { moveOldKeys } from './old-keys.ts';
import { withValues } from './reference.ts';
import { resolveSettings } from './resolve.ts';
import { findSettingsProblems } from './validate.ts';

const check = (value: unknown, isOwn = false) =>
  findSettingsProblems('f', JSON.stringify(value, null, 1), isOwn).map(
    ({ severity, line, key, message }) => `${severity} ${line} ${key} ${message}`,
  );

describe('problems of a settings file', () => {
  test('all of them, with lines', () => {
    expect(
      check({
        port: 'x',
        offlin: true,
        services: { llm: { url: 'ftp://x', modl: 'y' }, cloud: {} },
        pollyconf: { region: { a: 1 } },
        profiles: { a: { port: -1 }, b: 3, 'c/d': {} },
        d2s_temperature: 3,
        d2s_instruction: 4,
      }),
    ).toEqual([
      'warning 3 offlin is not a setting; did you mean offline?',
      'error 2 port takes a whole number from 0 to 65535',
      'error 6 services.llm.url takes an http or https address',
      'error 12 pollyconf.region takes a single value',
      'error 23 d2s_temperature takes a number from 0 to 2',
      'error 24 d2s_instruction takes a text',
      expect.stringMatching(/^warning 7 services.llm.modl is not known; there are url/),
      expect.stringMatching(/^warning 9 services.cloud is no service/),
      'error 18 profiles.a.port takes a whole number from 0 to 65535',
      'error 20 profiles.b takes an object',
      'error 21 profiles.c/d is no name of a profile',
    ]);
  });

  test('none in what CoAiAPy and coaiajs write', () => {
    expect(
      check({
        openai_api_key: 'x',
        model: 'gpt-4o-mini',
        model2: 'y',
        d2s_instruction: 'do',
        mktn_temperature: 0.2,
        mns: { a: 'b' },
        jtaleconf: { host: 'h', port: 6379, password: '', ssl: false },
        redis: { upstashUrl: 'https://x.example', ssl: 'true' },
        langfuse: { publicKey: 'p', secretKey: 'env:X', baseUrl: 'https://x.example' },
        github: { api_token: '', base_url: 'https://api.github.com' },
        langfuse_auth3: '',
      }),
    ).toEqual([]);
    expect(check({ anything: 1 })).toEqual(['warning 2 anything is not a setting']);
    expect(check({ anything: 1 }, true)).toEqual(['error 2 anything is not a setting']);
  });

  test('the line of a key, however the file is written', () => {
    const text = '{"a": [{"b": 1}],\n "b": {"c": "b\\" {",\n\n"b": 2}, "d": 1}';
    expect(findKeyLine(text, ['b'])).toBe(2);
    expect(findKeyLine(text, ['b', 'b'])).toBe(4);
    expect(findKeyLine(text, ['d'])).toBe(4);
    expect(findKeyLine(text, ['a', 'b'])).toBeUndefined();
  });
});

test('old keys move to settings, once, and never over a value', () => {
  const { record, moves } = moveOldKeys({
    pollyconf: { key: 'k', secret: 's', other: 1 },
    jtaleconf: { host: '', port: 6379 },
    langfuse: { publicKey: 'old' },
    langfuse_public_key: 'new',
    keep: 2,
  });
  expect(record).toEqual({
    pollyconf: { other: 1 },
    langfuse_public_key: 'new',
    keep: 2,
    redis_port: 6379,
    aws_access_key_id: 'k',
    aws_secret_access_key: 's',
  });
  expect(moves.filter(({ isDropped }) => isDropped).map(({ from }) => from)).toEqual([
    'langfuse.publicKey',
    'jtaleconf.host',
  ]);
  expect(moveOldKeys(record).moves).toEqual([]);
});

describe('resolving', () => {
  let cwd: string;
  let home: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'coaia-validate-'));
    home = join(cwd, 'user');
    mkdirSync(join(home, '.coaia'), { recursive: true });
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const put = (path: string, value: unknown) =>
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value, null, 1));
  const resolve = (env: Readonly<Record<string, string>> = {}, profile?: string) =>
    resolveSettings({
      cwd,
      env: { HOME: home, ...env },
      ...(profile === undefined ? {} : { profile }),
    });
  const failure = (work: () => unknown) => {
    try {
      return work();
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return `${code} ${message.replaceAll(cwd, '')}`;
    }
  };

  test('reads the services tree below a plain name', () => {
    put(join(home, 'coaia.json'), {
      services: { llm: { model: 'a', url: 'http://x/v1' } },
      model: 'b',
    });
    expect(resolve().values).toMatchObject({ model: 'b', openai_api_url: 'http://x/v1' });
  });

  test('a wrong value names file, line and key', () => {
    put(
      join(home, 'coaia.json'),
      '{\n "profiles": {"p": {\n "services": {"stash": {\n"port": "x"}}}}}',
    );
    expect(resolve().values.redis_port).toBe(6379);
    expect(failure(() => resolve({}, 'p'))).toMatch(
      /^COAIA-0202 redis_port takes .* \(set by services\.stash\.port in \/user\/coaia\.json \(profile p\), line 4\)/,
    );
  });

  test('a key that is almost one of ours is a warning', () => {
    put(join(cwd, 'coaia.json'), { openai_api_ky: 'x', my_own: 1 });
    expect(resolve().warnings).toEqual([
      `${join(cwd, 'coaia.json')}: openai_api_ky is not a setting. Did you mean openai_api_key?`,
    ]);
  });

  describe('a secret by reference', () => {
    test('comes from a variable or a file, and only when it is used', () => {
      put(join(home, '.coaia', 'config.json'), {
        openai_api_key: 'env:MY_KEY',
        github_token: 'file:token.txt',
        langfuse_secret_key: 'keyring:nothing-there',
      });
      put(join(home, '.coaia', 'token.txt'), 'tok\n');
      const { values } = resolve({ MY_KEY: 'k', PATH: '/nowhere' });
      expect(values.openai_api_key).toBe('k');
      expect(values.github_token).toBe('tok');
      expect(failure(() => values.langfuse_secret_key)).toMatch(/^COAIA-0213 .*keyring/);
      expect(failure(() => resolve().values.openai_api_key)).toMatch(
        /^COAIA-0213 openai_api_key in .* refers to env:MY_KEY, and that variable is not set/,
      );
    });

    test('that is missing stops only what needs it', () => {
      put(join(home, '.coaia', 'config.json'), { openai_api_key: 'env:NOPE', port: 7 });
      const { values } = resolve();
      const without = withValues(values, { openai_api_key: undefined });
      expect(without.port).toBe(7);
      expect(without.openai_api_key).toBeUndefined();
      expect(failure(() => withValues(values, { port: 8 }).openai_api_key)).toMatch(/^COAIA-0213/);
    });

    test('of a project reaches nothing that is not the project’s', () => {
      put(join(cwd, 'secret.txt'), 'inside');
      put(join(home, 'outside.txt'), 'outside');
      symlinkSync('/etc/passwd', join(cwd, 'link'));
      const env = { AWS_KEY: 'a', COAIA_SECRET_GITHUB: 'g', PATH: '/nowhere' };
      const read = (reference: string) => {
        put(join(cwd, 'coaia.json'), { github_token: reference });
        return failure(() => resolve(env).values.github_token);
      };
      expect(read('env:COAIA_SECRET_GITHUB')).toBe('g');
      expect(read('file:secret.txt')).toBe('inside');
      for (const reference of [
        'env:AWS_KEY',
        'env:HOME',
        'file:/etc/passwd',
        'file:../x',
        'file:link',
        'keyring:x',
      ])
        expect(read(reference), reference).toMatch(/^COAIA-0213 .*a project may not use it/);
      put(join(cwd, '.env'), 'TEAM=t\n');
      expect(read('env:TEAM')).toBe('t');
    });
  });
});
