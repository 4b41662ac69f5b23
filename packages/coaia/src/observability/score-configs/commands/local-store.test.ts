/** Score configs from the command line on the embedded store: presets, files, changes, scores. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { expect, test } from 'vitest';

function openHome() {
  const home = mkdtempSync(join(tmpdir(), 'coaia-scc-local-'));
  const run = (line: string, options: Parameters<typeof runCoaia>[1] = {}) =>
    runCoaia(line, { home, ...options });
  const list = async (): Promise<readonly { readonly name: string }[]> =>
    JSON.parse((await run('fuse scc list --json')).stdout);
  return { home, run, list, names: async () => (await list()).map(({ name }) => name).toSorted() };
}

test('presets are listed, shown in any case and installed by name', async () => {
  const { run, names } = openHome();
  expect(JSON.parse((await run('fuse scc presets list --json')).stdout)).toHaveLength(22);
  const ai = (await run('fuse scc presets list --category ai')).stdout;
  expect(ai).toContain('Total presets: 5\n');
  expect(ai).not.toContain('Narrative');
  expect((await run('fuse scc presets show "emotional resonance"')).stdout).toContain(
    'Deeply Moving',
  );
  expect((await run('fuse scc presets install nosuch')).code).toBe(2);
  const { code, stdout } = await run('fuse scc presets install clarity "Overall Quality" --json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    created: [{ name: 'Clarity' }, { name: 'Overall Quality' }],
  });
  const again = await run('fuse scc presets install Clarity Safety --json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    created: [{ name: 'Safety' }],
    skipped: ['Clarity'],
  });
  await run('fuse scc presets install Clarity --allow-duplicates');
  expect(await names()).toEqual(['Clarity', 'Clarity', 'Overall Quality', 'Safety']);
});

test('installing without a name asks, and without a terminal does nothing', async () => {
  const { run, names } = openHome();
  expect((await run('fuse scc presets install')).code).toBe(2);
  expect(await names()).toEqual([]);
  await run('fuse scc presets install', { isTTY: true, answers: ['y', 'n', 'yes'] });
  expect(await names()).toEqual(['Emotional Resonance', 'Narrative Coherence']);
  await run('fuse scc presets install --all');
  expect(await names()).toHaveLength(22);
});

test('a config is created, changed, archived and restored', async () => {
  const { run } = openHome();
  const made = await run(
    'fuse scc create Quality NUMERIC --min-value -1 --max-value 10 --description d',
  );
  const { id } = JSON.parse(made.stdout);
  expect(JSON.parse((await run(`fuse scc get ${id}`)).stdout)).toMatchObject({
    minValue: -1,
    maxValue: 10,
  });
  expect(JSON.parse((await run('fuse scc update quality --max-value 20')).stdout)).toMatchObject({
    maxValue: 20,
  });
  expect((await run('fuse scc update quality --min-value 30')).code).toBe(1);
  expect((await run('fuse scc update quality')).code).toBe(2);
  expect((await run('fuse scc archive Quality')).stdout).toBe('Archived Quality.\n');
  expect((await run('fuse scc apply Quality --trace-id T -v 1')).code).toBe(1);
  expect((await run('fuse scc list')).stdout).toContain('Quality (archived)');
  await run('fuse scc restore Quality');
  expect((await run('fuse scc apply Quality --trace-id T -v 1')).code).toBe(0);
  const flag = await run('fuse scc create --name Valid --data-type boolean');
  expect(JSON.parse(flag.stdout).categories).toHaveLength(2);
  expect((await run('fuse scc create Half')).code).toBe(2);
  expect((await run(`fuse scc create X CATEGORICAL --categories '[{"label":"a"}]'`)).code).toBe(1);
});

test('a change is seen by the next score at once', async () => {
  const { run } = openHome();
  await run('fuse scc create Quality NUMERIC --max-value 10');
  expect((await run('fuse scc apply Quality --trace-id T -v 11')).code).toBe(1);
  await run('fuse scc update Quality --max-value 20');
  expect((await run('fuse scc apply Quality --trace-id T -v 11')).code).toBe(0);
  expect(JSON.parse((await run('fuse scores list --trace-id T --json')).stdout)).toMatchObject([
    { name: 'Quality', value: 11, dataType: 'NUMERIC' },
  ]);
});

test('every kind of value is stored as its config says', async () => {
  const { run } = openHome();
  await run('fuse scc presets install Helpfulness "Meets Requirements"');
  await run('fuse scc apply Helpfulness --trace-id T -v 4');
  await run('fuse scc apply "Meets Requirements" --session-id S -v no');
  const scores = JSON.parse((await run('fuse scores list --json')).stdout);
  expect(scores).toMatchObject([
    { name: 'Meets Requirements', value: 0, stringValue: 'False', sessionId: 'S' },
    { name: 'Helpfulness', value: 4, stringValue: 'Very Helpful', traceId: 'T' },
  ]);
});

test('what export writes, import reads in another store', async () => {
  const from = openHome();
  await from.run('fuse scc presets install Clarity "Performance Score" "Meets Requirements"');
  await from.run('fuse scc export -o configs.json');
  const file = join(from.home, 'configs.json');
  const written = JSON.parse(readFileSync(file, 'utf8'));
  expect(written).toMatchObject({ version: '1.0', totalConfigs: 3 });
  expect(written.configs[0].metadata).toMatchObject({
    isArchived: false,
    projectId: expect.any(String),
  });
  const bare = JSON.parse((await from.run('fuse scc export --no-metadata')).stdout);
  expect(bare.configs[0]).not.toHaveProperty('metadata');

  const to = openHome();
  expect((await to.run(`fuse scc import ${file} --preview`)).stdout).toContain(
    'Total score configs: 3\n',
  );
  expect(await to.names()).toEqual([]);
  await to.run(`fuse scc import ${file} --select clarity`);
  expect(await to.names()).toEqual(['Clarity']);
  const { stdout } = await to.run(`fuse scc import ${file} --json`);
  expect(JSON.parse(stdout)).toMatchObject({ skipped: ['Clarity'], failed: [] });
  expect(await to.names()).toEqual(['Clarity', 'Meets Requirements', 'Performance Score']);
});

test('import replaces, duplicates, takes bare arrays and says what is wrong', async () => {
  const { home, run, list } = openHome();
  await run('fuse scc create Quality NUMERIC --max-value 10');
  const file = join(home, 'in.json');
  const write = (value: unknown) => writeFileSync(file, JSON.stringify(value));
  write([{ name: 'quality', dataType: 'NUMERIC', maxValue: 5 }]);
  await run(`fuse scc import ${file} --force`);
  expect(await list()).toMatchObject([{ name: 'quality', maxValue: 5 }]);
  await run(`fuse scc import ${file} --allow-duplicates`);
  expect(await list()).toHaveLength(2);
  write({
    configs: [
      { name: 'a'.repeat(40), dataType: 'NUMERIC' },
      { name: 'Fine', dataType: 'BOOLEAN' },
    ],
  });
  const some = await run(`fuse scc import ${file} --json`);
  expect({ code: some.code, json: JSON.parse(some.stdout) }).toMatchObject({
    code: 5,
    json: { created: [{ name: 'Fine' }], failed: [{ error: expect.stringContaining('35') }] },
  });
  for (const wrong of [
    {},
    [{ name: 'x' }],
    [{ name: 'x', dataType: 'CATEGORICAL', categories: [{}] }],
  ]) {
    write(wrong);
    expect((await run(`fuse scc import ${file}`)).code).toBe(1);
  }
  expect((await run('fuse scc import missing.json')).code).toBe(1);
});
