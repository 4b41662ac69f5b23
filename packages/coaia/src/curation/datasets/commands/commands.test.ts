/** The commands one after the other on one embedded store, no server running. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { expect, test } from 'vitest';

function openHome() {
  const home = mkdtempSync(join(tmpdir(), 'coaia-datasets-'));
  return {
    home,
    run: (line: string, options: Parameters<typeof runCoaia>[1] = {}) =>
      runCoaia(line, { home, ...options }),
    async json(line: string) {
      const { code, stdout, stderr } = await runCoaia(`${line} --json`, { home });
      expect({ line, code, stderr }).toMatchObject({ code: 0 });
      return JSON.parse(stdout);
    },
  };
}

test('a dataset and an item are created, shown, changed and deleted', async () => {
  const { run, json } = openHome();
  const created = await json('fuse datasets create team/qa --description D --metadata "a note"');
  expect(created).toMatchObject({
    name: 'team/qa',
    description: 'D',
    metadata: { note: 'a note' },
  });
  const item = await json(
    `fuse dataset-items create team/qa -i '{"q":1}' -e 4 -m '{"k":1}' --id i1 --source-trace T`,
  );
  expect(item).toMatchObject({
    id: 'i1',
    input: '{"q":1}',
    expectedOutput: '4',
    metadata: { k: 1 },
    sourceTraceId: 'T',
  });
  await json(`fuse datasets add team/qa -i '{"q":2}' --parse-json --id i2`);
  expect(await json('fuse datasets get team/qa')).toMatchObject({
    name: 'team/qa',
    items: [
      { id: 'i2', input: { q: 2 } },
      { id: 'i1', input: '{"q":1}' },
    ],
  });
  await json('dataset-items update i1 --status ARCHIVED');
  expect((await json('fuse datasets items team/qa')).data).toHaveLength(1);
  expect((await json('datasets items team/qa --include-archived')).data).toHaveLength(2);
  const list = await run('fuse datasets list');
  expect(list.stdout).toMatch(/\| Name +\| Created +\| Items +\| Description +\|/);
  expect(list.stdout).toMatch(/\| team\/qa .*\| +1 \| D/);
  expect(list.stdout).toContain('Total datasets: 1\n');
  expect((await run('fuse dataset-items delete i2 none')).code).toBe(5);
  expect((await run('fuse dataset-items get i2')).code).toBe(1);
  expect((await run('fuse datasets delete team/qa')).code).toBe(2);
  expect((await run('fuse datasets delete team/qa --yes')).code).toBe(0);
  expect(await run('fuse datasets get team/qa')).toMatchObject({ code: 1, stdout: '' });
  expect((await run('datasets')).stdout).toBe('No datasets found.\n');
});

test('input and expected output can come from a trace', async () => {
  const { run, json } = openHome();
  await run(`fuse traces create T -i '{"q":1}' -o done`);
  await run('fuse datasets create qa');
  expect(await json('fuse dataset-items create qa --from-trace T -e better')).toMatchObject({
    input: { q: 1 },
    expectedOutput: 'better',
    sourceTraceId: 'T',
  });
});

test('what is exported can be imported again', async () => {
  const { run, home, json } = openHome();
  await run('fuse datasets create one');
  await run(`fuse dataset-items create one -i '["a"]' --parse-json -e '"x"' -m '{"k":1}'`);
  await run('fuse dataset-items create one -i second --status ARCHIVED');
  const { stdout } = await run('fuse datasets export one');
  writeFileSync(join(home, 'one.jsonl'), stdout);
  await run('fuse datasets delete one --yes');
  const imported = await run('fuse datasets import one one.jsonl');
  expect(imported).toMatchObject({ code: 0, stdout: 'Stored 2 items.\n' });
  expect(imported.stderr).toContain('Created the dataset one.');
  const { items } = await json('fuse datasets get one --include-archived');
  expect(items).toMatchObject([
    { input: 'second', status: 'ARCHIVED' },
    { input: ['a'], expectedOutput: 'x', metadata: { k: 1 }, status: 'ACTIVE' },
  ]);
});

test('CSV is mapped by columns; refused items exit 5', async () => {
  const { run, home, json } = openHome();
  writeFileSync(
    join(home, 'table.csv'),
    'nr,question,"the ""answer""",lang\r\n1,"a, b\nc",42,de\r\n2,x,y,en\r\n',
  );
  const mapping = `--input-field question --output-field 'the "answer"' --metadata-field lang --metadata-field nr --id-field nr`;
  const dry = await run(`fuse datasets import qa table.csv ${mapping} --dry-run`);
  expect(JSON.parse(dry.stdout)[0]).toEqual({
    id: '1',
    datasetName: 'qa',
    input: 'a, b\nc',
    expectedOutput: '42',
    metadata: { lang: 'de', nr: '1' },
  });
  expect((await run('datasets')).stdout).toBe('No datasets found.\n');
  const number = '{"type":"string","pattern":"^[0-9]+$"}';
  await run(`fuse datasets create qa --expected-schema '${number}'`);
  const partial = await run(`fuse datasets import qa table.csv ${mapping}`);
  expect(partial.code).toBe(5);
  expect(partial.stderr).toContain('Item 2: The item does not satisfy the schema');
  expect((await json('fuse datasets items qa')).data.map(({ id }: { id: string }) => id)).toEqual([
    '1',
  ]);
  expect((await run('fuse datasets import qa table.csv --input-field none')).code).toBe(2);
  writeFileSync(join(home, 'bad.jsonl'), '{"input":1}\n{oops\n');
  const bad = await run('fuse datasets import qa bad.jsonl');
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain('Line 2 is no JSON');
});
