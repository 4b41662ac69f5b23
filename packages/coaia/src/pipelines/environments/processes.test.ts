/** Environments as processes see them: many writers at once, a terminal that asks for a passphrase. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseEnvText } from '#config';
import { openSpawnHome, spawnCoaia } from '../../observability/testing/spawn-coaia.ts';

test('many processes that set variables of one file lose nothing, whatever its form', async () => {
  const home = openSpawnHome();
  await spawnCoaia(home, ['env', 'keygen']);
  writeFileSync(join(home.home, '.coaia-env.plain'), '# mine\n');
  writeFileSync(join(home.home, '.coaia-env.sealed'), '{}\n');
  await spawnCoaia(home, ['env', 'encrypt', '--name', 'sealed', '--remove']);
  // One process sets several, so that many writers meet without many starts of the program.
  const worker = `
    const { runCoaia } = await import(${JSON.stringify(join(import.meta.dirname, '../../cli/testing.ts'))});
    const [home, id] = process.argv.slice(1);
    for (let index = 0; index < 3; index++)
      for (const name of ['plain', 'sealed', 'fresh']) {
        const words = ['env', 'set', 'K' + id + '_' + index, 'v' + id, '--name', name];
        const { code, stderr } = await runCoaia(words, { home });
        if (code !== 0) throw new Error(stderr);
      }`;
  const run = promisify(execFile);
  await Promise.all(
    Array.from({ length: 4 }, (_, id) =>
      run(process.execPath, ['--input-type=module', '-e', worker, home.home, String(id)]),
    ),
  );
  for (const name of ['plain', 'sealed', 'fresh']) {
    const { stdout } = await spawnCoaia(home, ['env', 'source', '--name', name, '--shell', 'json']);
    expect(Object.keys(JSON.parse(stdout) as object), name).toHaveLength(12);
  }
  const plain = readFileSync(join(home.home, '.coaia-env.plain'), 'utf8');
  expect(plain).toMatch(/^# mine\n/);
  expect(parseEnvText('FILE', plain).values['K3_2']).toBe('v3');
});

test('env exec passes words, input, output and the exit code on', async () => {
  const home = openSpawnHome({ MINE: 'shell' });
  writeFileSync(join(home.home, '.coaia-env'), "MINE=file\nGIVEN='a b'\n");
  const script = 'printf "%s|%s|%s" "$MINE" "$GIVEN" "$1"; exit 7';
  const words = ['--', 'sh', '-c', script, 'sh', '--name x'];
  const plain = await spawnCoaia(home, ['env', 'exec', ...words]);
  expect(plain).toMatchObject({ code: 7, stdout: 'shell|a b|--name x' });
  const named = await spawnCoaia(home, ['env', 'exec', '--name', 'default', ...words]);
  expect(named).toMatchObject({ code: 7, stdout: 'file|a b|--name x' });
  expect(await spawnCoaia(home, ['env', 'exec', '--', 'no-such-program'])).toMatchObject({
    code: 127,
  });
  expect(await spawnCoaia(home, ['env', 'exec'])).toMatchObject({ code: 2 });
});

const hasAge = spawnSync('age', ['--version']).status === 0;
const hasScript = spawnSync('script', ['--version']).status === 0;
describe.skipIf(!hasScript)(
  `a terminal${hasScript ? '' : ' not run: script is not installed'}`,
  () => {
    /** Types the lines at a terminal that runs the command. */
    async function type(home: ReturnType<typeof openSpawnHome>, line: string, typed: string) {
      const child = spawn('script', ['-qec', line, '/dev/null'], { env: home.env, cwd: home.home });
      child.stdin.end(typed);
      return text(child.stdout);
    }

    test('is asked for a value that is left out, and does not show it', async () => {
      const home = openSpawnHome();
      const said = await type(home, 'coaia env set API_KEY', 'typed here\n');
      expect(said).toContain('API_KEY: ');
      const { stdout } = await spawnCoaia(home, ['env', 'get', 'API_KEY']);
      expect(stdout).toBe('typed here\n');
      expect(await spawnCoaia(home, ['env', 'set', 'API_KEY'])).toMatchObject({ code: 2 });
    });

    test('is asked for the passphrase of a locked key, which age opens too', async () => {
      const home = openSpawnHome();
      const made = await type(home, 'coaia env keygen --passphrase', 'open sesame\nopen sesame\n');
      expect(made).toContain('age1');
      writeFileSync(join(home.home, '.coaia-env'), 'A=from the sealed file\n');
      await spawnCoaia(home, ['env', 'encrypt', '--remove']);
      const asked = await type(home, 'coaia env get A --name default', 'open sesame\n');
      expect(asked).toContain('Passphrase: ');
      expect(asked).toContain('from the sealed file');
      if (!hasAge) return;
      const words = 'age -d -i .coaia/keys/env.key .coaia-env.age';
      expect(await type(home, words, 'open sesame\n')).toContain('from the sealed file');
    });
  },
);
