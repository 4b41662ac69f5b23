import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveSettings } from './resolve.ts';
import type { ResolveOptions } from './resolve.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'coaia-resolve-'));
  mkdirSync(join(root, 'a', 'b', 'work'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes files below the test's root: `~` is the user's folder, the rest is relative to the working folder. */
function put(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    const path = name.startsWith('~')
      ? join(root, 'user', name.slice(2))
      : join(root, 'a/b/place', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function resolve(options: Partial<ResolveOptions> = {}) {
  return resolveSettings({
    cwd: join(root, 'a/b/place'),
    ...options,
    env: { HOME: join(root, 'user'), ...options.env },
  });
}

/** Every layer that can set `strict`... highest first; each is written alone and together with all below. */
const layers: readonly (readonly [string, string])[] = [
  ['.env.dev.local', 'COAIA_OFFLINE=1'],
  ['.env.local', 'COAIA_OFFLINE=1'],
  ['.env.dev', 'COAIA_OFFLINE=1'],
  ['.env', 'COAIA_OFFLINE=1'],
  ['.coaia-env.dev', '{"COAIA_OFFLINE": "1"}'],
  ['.coaia-env', 'COAIA_OFFLINE=1'],
  ['coaia.json', '{"offline": true}'],
  ['~/.coaia/.env', 'COAIA_OFFLINE=1'],
  ['~/.coaia/global.env', 'COAIA_OFFLINE=1'],
  ['~/coaia.json', '{"offline": true}'],
  ['~/.coaia.json', '{"offline": true}'],
  ['~/.coaia/config.json', '{"offline": true}'],
];

function winner(options: Partial<ResolveOptions> = {}) {
  const found = resolve(options).candidates.offline.find(({ wins }) => wins);
  return found?.source.replace(join(root, 'user'), '~').replace(`${join(root, 'a/b/place')}/`, '');
}

describe('order of layers', () => {
  test.each(layers.map(([name], index) => [name, index] as const))(
    '%s wins over everything below it',
    (name, index) => {
      put(Object.fromEntries(layers.slice(index)));
      expect(winner({ profile: 'dev' })).toBe(name);
      expect(resolve({ profile: 'dev' }).values.offline).toBe(true);
    },
  );

  test('flags, then --env files (later first), then the environment come before all files', () => {
    put(Object.fromEntries(layers));
    const env = { COAIA_OFFLINE: '1' };
    const envFiles = [
      { path: '/one', values: { COAIA_OFFLINE: '1' } },
      { path: '/two', values: { COAIA_OFFLINE: '0' } },
    ];
    expect(winner({ env })).toBe('environment');
    expect(winner({ env: { COAIA_OFFLINE: '0' }, envFiles })).toBe('/two');
    expect(winner({ env, envFiles, flags: { offline: true } })).toBe('command line');
  });

  test('COAIA_DOTENV_OVERRIDE=1 puts ./.env before the environment', () => {
    put({ '.env': 'COAIA_STRICT=langfuse\nLANGFUSE_HOST=http://file' });
    const env = { LANGFUSE_HOST: 'http://process' };
    expect(resolve({ env }).values.langfuse_base_url).toBe('http://process');
    expect(resolve({ env: { ...env, COAIA_DOTENV_OVERRIDE: '1' } }).values.langfuse_base_url).toBe(
      'http://file',
    );
  });

  test('files of other profiles are not read', () => {
    put({
      '.env.prod': 'COAIA_OFFLINE=1',
      'coaia.json': '{"profiles": {"prod": {"offline": true}}}',
    });
    expect(resolve({ profile: 'dev' }).values.offline).toBe(false);
    expect(resolve({ profile: 'prod' }).values.offline).toBe(true);
    expect(resolve({ env: { COAIA_PROFILE: 'prod' } }).profile).toBe('prod');
  });

  test.each(['../x', 'a/b', '.', '', '..', 'a..b', 'x\0'])('%j is no profile', (profile) => {
    expect(() => resolve({ profile })).toThrow(/no name of a profile/);
  });

  test('a profile lies over its own file', () => {
    put({ '~/.coaia/config.json': '{"port": 1, "host": "h", "profiles": {"p": {"port": 2}}}' });
    const { values } = resolve({ profile: 'p' });
    expect([values.port, values.host]).toEqual([2, 'h']);
  });
});

describe('names and values', () => {
  test('defaults', () => {
    expect(resolve().values).toMatchObject({
      langfuse_base_url: undefined,
      langfuse_public_key: undefined,
      langfuse_secret_key: undefined,
      database_url: undefined,
      durability: 'full',
      host: '127.0.0.1',
      port: 26_242,
      offline: false,
      s3_bucket: undefined,
      s3_region: 'us-east-1',
      s3_endpoint: undefined,
      s3_path_style: undefined,
      s3_prefix: undefined,
      s3_access_key_id: undefined,
      s3_secret_access_key: undefined,
      s3_direct: false,
      export_folder: undefined,
      export_hosts: undefined,
      gateway_hosts: undefined,
      strict: undefined,
      compat: undefined,
    });
  });

  test('an empty text is unset, LANGFUSE_BASE_URL wins over LANGFUSE_HOST, slashes at the end go', () => {
    const env = { LANGFUSE_BASE_URL: 'http://base/', LANGFUSE_HOST: 'http://host' };
    expect(resolve({ env }).values.langfuse_base_url).toBe('http://base');
    expect(resolve({ env: { ...env, LANGFUSE_BASE_URL: '' } }).values.langfuse_base_url).toBe(
      'http://host',
    );
  });

  test.each([
    ['{"langfuse_base_url": "http://x", "langfuse_public_key": "pk", "langfuse_secret_key": "sk"}'],
    ['{"langfuse": {"baseUrl": "http://x", "publicKey": "pk", "secretKey": "sk"}}'],
  ])('both dialects of coaia.json: %s', (text) => {
    put({ 'coaia.json': text });
    const { values } = resolve();
    expect([
      values.langfuse_base_url,
      values.langfuse_public_key,
      values.langfuse_secret_key,
    ]).toEqual(['http://x', 'pk', 'sk']);
  });

  test.each([
    ['COAIA_PORT', 'abc', /port takes a whole number.*COAIA_PORT in environment/],
    ['COAIA_PORT', '70000', /from 0 to 65535/],
    ['COAIA_OFFLINE', 'perhaps', /offline takes true or false/],
    ['COAIA_DURABILITY', 'none', /full or relaxed/],
    ['LANGFUSE_HOST', 'localhost:3000', /http or https address/],
    ['LANGFUSE_HOST', 'http://pk:sk@host', /without a name and password/],
  ])('%s=%s is refused', (name, value, sentence) => {
    expect(() => resolve({ env: { [name]: value } })).toThrow(sentence);
  });

  test('a bad value that loses hurts nobody', () => {
    put({ '~/.coaia/config.json': '{"port": "abc"}' });
    expect(resolve({ env: { PORT: '5' } }).values.port).toBe(5);
  });

  test('an unknown key is a mistake in config.json, tolerated in coaia.json', () => {
    put({ 'coaia.json': '{"porrt": 1, "openai_api_key": "x"}', '~/coaia.json': '{"mns": {}}' });
    expect(resolve().values.port).toBe(26_242);
    put({ '~/.coaia/config.json': '{"$schema": "x", "porrt": 1}' });
    expect(() => resolve()).toThrow(/config\.json: porrt is not a setting\. Did you mean port\?/);
  });
});

describe('address and keys come from one source', () => {
  const project =
    'LANGFUSE_HOST=http://project\nLANGFUSE_PUBLIC_KEY=pk-p\nLANGFUSE_SECRET_KEY=sk-p';

  test('a key in the environment is never joined with an address from a file', () => {
    put({ '.env': project });
    const env = { LANGFUSE_PUBLIC_KEY: 'pk-env', LANGFUSE_SECRET_KEY: 'sk-env' };
    const { values, candidates } = resolve({ env });
    expect(values.langfuse_base_url).toBeUndefined();
    expect(values.langfuse_secret_key).toBe('sk-env');
    expect(candidates.langfuse_base_url[0]?.note).toMatch(/one source \(environment\)/);
  });

  test('an address in the environment is never joined with keys from a file', () => {
    put({ '.env': project });
    const { values } = resolve({ env: { LANGFUSE_HOST: 'http://other' } });
    expect(values.langfuse_base_url).toBe('http://other');
    expect(values.langfuse_public_key).toBeUndefined();
    expect(values.langfuse_secret_key).toBeUndefined();
  });

  test('the files of one project are one source', () => {
    put({
      '.env.local': 'LANGFUSE_SECRET_KEY=sk',
      'coaia.json': '{"langfuse_base_url": "http://x", "langfuse_public_key": "pk"}',
    });
    const { values } = resolve();
    expect([
      values.langfuse_base_url,
      values.langfuse_public_key,
      values.langfuse_secret_key,
    ]).toEqual(['http://x', 'pk', 'sk']);
  });

  test('the project is not joined with the home', () => {
    put({
      'coaia.json': '{"langfuse_base_url": "http://evil"}',
      '~/.coaia/config.json': '{"langfuse_public_key": "pk", "langfuse_secret_key": "sk"}',
    });
    expect(resolve().values).toMatchObject({
      langfuse_base_url: 'http://evil',
      langfuse_secret_key: undefined,
    });
  });
});

describe('what a project may not do', () => {
  test('switch offline off, move the store, choose the port', () => {
    put({
      '.env': 'COAIA_OFFLINE=0\nDATABASE_URL=postgres://theirs\nPORT=1',
      '~/.coaia/config.json': '{"offline": true}',
    });
    const { values, warnings } = resolve();
    expect(values).toMatchObject({ offline: true, database_url: undefined, port: 26_242 });
    expect(warnings.join('\n')).toMatch(/\.env: offline can be switched on by a project, not off/);
  });
});

describe("CoAiAPy's other places", () => {
  const json = '{"langfuse_base_url": "http://legacy"}';

  test('the variable that names another .env', () => {
    put({ '.env': 'LANGFUSE_HOST=http://plain', 'other.env': 'LANGFUSE_HOST=http://other' });
    for (const name of ['COAIAPY_ENV_PATH', 'COAIAJS_ENV_PATH', 'COAIA_ENV_PATH'])
      expect(resolve({ env: { [name]: './other.env' } }).values.langfuse_base_url).toBe(
        'http://other',
      );
    expect(resolve({ env: { COAIA_ENV_PATH: 'gone.env' } }).warnings.join(' ')).toContain(
      'gone.env does not exist',
    );
  });

  test('a folder above is read when nothing nearer is there, unless others may write it', () => {
    put({ '../coaia.json': json });
    const above = join(root, 'a/b/coaia.json');
    expect(resolve().values.langfuse_base_url).toBe('http://legacy');
    chmodSync(above, 0o666);
    expect(resolve().values.langfuse_base_url).toBeUndefined();
    chmodSync(above, 0o600);
    put({ 'coaia.json': '{}' });
    expect(resolve().values.langfuse_base_url).toBeUndefined();
  });
});

test('the home is COAIA_HOME, else ~/.coaia, else an error', () => {
  expect(resolve().paths.home).toBe(join(root, 'user/.coaia'));
  expect(resolve({ env: { COAIA_HOME: '~/x' } }).paths.home).toBe(join(root, 'user/x'));
  expect(resolve({ home: 'data' }).paths.database).toBe(join(root, 'a/b/place/data/coaia.db'));
  expect(() => resolveSettings({ env: {}, cwd: '/' })).toThrow(/Neither COAIA_HOME nor HOME/);
});
