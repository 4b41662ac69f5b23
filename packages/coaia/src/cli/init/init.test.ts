import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '../testing.ts';
import type { RunOptions } from '../testing.ts';
import { findObstacle, runInTerminal } from '../testing-terminal.ts';
import { RUN_ENV } from '../../base/testing.ts';

let home: string;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isGood = request.headers.authorization === `Basic ${btoa('pk:sk-good')}`;
    const isModel =
      request.url === '/v1/models' && request.headers.authorization === 'Bearer key-1';
    response.writeHead(isGood || isModel ? 200 : 401).end('{"data":[{"name":"Mine","id":"m1"}]}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-init-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
afterAll(() => server.close());

const run = (line: string, options: RunOptions = {}) =>
  runCoaia(`init ${line}`, { home, ...options });
const read = (name: string) => readFileSync(join(home, name), 'utf8');
const put = (value: unknown) => writeFileSync(join(home, 'answers.json'), JSON.stringify(value));

describe('the plain form', () => {
  test('makes a file without any host, readable for the user only, with rules for editors', async () => {
    const { code, stdout } = await run('');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Wrote ${join(home, 'coaia.json')}\n` });
    const file = JSON.parse(read('coaia.json')) as Readonly<Record<string, string>>;
    expect(file).toEqual({ $schema: './.coaia/schemas/coaia.schema.json', schemaVersion: 1 });
    expect(JSON.parse(read('.coaia/schemas/coaia.schema.json'))).toHaveProperty('properties');
    expect(statSync(join(home, 'coaia.json')).mode & 0o777).toBe(0o600);
    expect((await runCoaia('config validate', { home })).code).toBe(0);
  });

  test('never overwrites; --force keeps a copy', async () => {
    writeFileSync(join(home, 'coaia.json'), '{"model": "mine"}');
    const { code, stderr } = await run('');
    expect(code).toBe(1);
    expect(stderr).toContain('COAIA-0510');
    expect(read('coaia.json')).toBe('{"model": "mine"}');
    expect((await run('--force')).code).toBe(0);
    expect(read('coaia.json.bak')).toBe('{"model": "mine"}');
    expect((await run('--path sub/other.json --json')).code).toBe(0);
    expect(existsSync(join(home, 'sub', 'other.json'))).toBe(true);
  });

  test('--project adds the ignore rules that are missing, once', async () => {
    writeFileSync(join(home, '.gitignore'), 'node_modules\n.env');
    await run('--project');
    expect(read('.gitignore')).toBe(
      'node_modules\n.env\n.env.*\n.coaia-env\n.coaia-env.*\n!*.age\n',
    );
    await run('--project --force');
    expect(read('.gitignore').match(/coaia-env\n/g)).toHaveLength(1);
  });

  test('editing the settings later leaves a removed $schema away', async () => {
    await run('--project');
    writeFileSync(join(home, 'coaia.json'), '{"schemaVersion": 1}');
    await runCoaia('config set strict langfuse --project', { home });
    expect(read('coaia.json')).not.toContain('$schema');
  });
});

describe('--answers', () => {
  const langfuse = (secretKey: string) => ({ baseUrl: url, publicKey: 'pk', secretKey });

  test('tries each service, then writes; secrets are not shown', async () => {
    put({
      services: {
        langfuse: langfuse('sk-good'),
        llm: { url: `${url}/v1`, apiKey: 'key-1', model: 'm1' },
      },
    });
    const { code, stdout, stderr } = await run('--answers answers.json');
    expect(code).toBe(0);
    expect(stderr).toContain('project Mine');
    expect(stdout + stderr).not.toMatch(/sk-good|key-1/);
    expect(JSON.parse(read('.coaia/config.json'))).toMatchObject({
      langfuse_secret_key: 'sk-good',
      model: 'm1',
    });
    expect(statSync(join(home, '.coaia/config.json')).mode & 0o777).toBe(0o600);
    expect((await runCoaia('doctor langfuse', { home })).code).toBe(0);
  });

  test('writes nothing when a service refuses, unless it is not tried', async () => {
    put({ services: { langfuse: langfuse('sk-bad') } });
    const { code, stderr } = await run('--answers answers.json');
    expect(code).toBe(3);
    expect(stderr).toContain('COAIA-0514: langfuse does not work');
    expect(existsSync(join(home, '.coaia/config.json'))).toBe(false);
    expect((await run('--answers answers.json --no-test')).code).toBe(0);
  });

  test('a project keeps secrets in .env, and both are used together', async () => {
    put({ services: { langfuse: langfuse('sk-good') } });
    await run('--answers answers.json --project');
    expect(read('coaia.json')).not.toContain('sk-good');
    expect(read('.env')).toContain('LANGFUSE_SECRET_KEY=');
    expect(read('.gitignore')).toContain('.env');
    expect((await runCoaia('doctor langfuse', { home })).code).toBe(0);
  });

  test('secrets: env writes names only', async () => {
    put({ services: { langfuse: langfuse('sk-good') }, secrets: 'env' });
    await run('--answers answers.json');
    expect(JSON.parse(read('.coaia/config.json'))).toMatchObject({
      langfuse_secret_key: 'env:LANGFUSE_SECRET_KEY',
    });
    put({ services: { langfuse: langfuse('sk-good') }, secrets: 'keyring' });
    const { stderr } = await run('--answers answers.json', { env: { PATH: '/nowhere' } });
    expect(stderr).toContain('COAIA-0513');
  });

  test.each([
    [{ servces: {} }, 'servces is not known'],
    [{ services: { cloud: {} } }, 'cloud is no service'],
    [{ services: { llm: { adress: 'x' } } }, 'llm.adress is not known; there are url'],
    [{ services: { llm: { url: {} } } }, 'takes a single value'],
    [{ secrets: 'paper' }, 'secrets takes file, env, keyring'],
  ])('%j is refused', async (value, sentence) => {
    put(value);
    const { code, stderr } = await run('--answers answers.json');
    expect(code).toBe(3);
    expect(stderr).toContain('COAIA-0512');
    expect(stderr).toContain(sentence);
  });
});

describe('--interactive', () => {
  test('needs a terminal', async () => {
    for (const options of [{}, { isTTY: true }]) {
      const line = 'isTTY' in options ? '--interactive --no-input' : '--interactive';
      const { code, stderr } = await run(line, options);
      expect(code).toBe(2);
      expect(stderr).toContain('COAIA-0511');
    }
  });

  const obstacle = findObstacle('python3');
  const program = fileURLToPath(new URL('../../../bin/coaia.ts', import.meta.url));
  const inTerminal = (steps: Parameters<typeof runInTerminal>[0]['steps']) =>
    runInTerminal({
      argv: [process.execPath, program, 'init', '--interactive', '--langfuse'],
      cwd: home,
      env: {
        ...RUN_ENV,
        HOME: home,
        PATH: '/usr/bin:/bin',
        TERM: 'xterm',
        PORT: '0',
        NO_COLOR: '1',
      },
      steps,
    });

  test.skipIf(obstacle !== undefined)(
    `asks, tries, and says what it did ${obstacle ?? ''}`,
    async () => {
      const down = '\u001B[B';
      const outputs = await inTerminal([
        { send: '', until: 'Not now' },
        { send: `${down}\r`, until: 'Address' },
        { send: `${url}\r`, until: 'Public key' },
        { send: 'pk\r', until: 'Secret key' },
        { send: 'sk-bad\r', until: 'does not work' },
        { send: '\r', until: 'Address' },
        { send: `${url}\r`, until: 'Public key' },
        { send: 'pk\r', until: 'Secret key' },
        { send: 'sk-good\r', until: 'Where are secrets' },
        { send: '\r', until: 'warnings,' },
      ]);
      const all = outputs.join('');
      expect(all).toContain('refuses the keys');
      expect(all).toContain('project Mine');
      expect(all).toContain('printf %s "$SECRET" | coaia config set langfuse_secret_key -');
      expect(all).not.toMatch(/sk-good|sk-bad/);
      expect(JSON.parse(read('.coaia/config.json'))).toEqual({
        langfuse_base_url: url,
        langfuse_public_key: 'pk',
        langfuse_secret_key: 'sk-good',
      });
      const again = await inTerminal([
        { send: '', until: 'Leave it as it is' },
        { send: '\u0003', seconds: 1 },
      ]);
      expect(again.join('')).toContain('Nothing was changed');
    },
  );
});
