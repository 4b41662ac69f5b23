import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCommand, listOptions } from '#surface';
import type { CommandEntry } from '#surface';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCoaia } from './testing.ts';

interface Thing {
  readonly id: string;
  readonly size: number | null;
  readonly owner?: { readonly name: string };
}

const rows: readonly Thing[] = [
  { id: 'a,"1"', size: 0, owner: { name: 'Ada' } },
  { id: 'b', size: null },
];

const toEntry = (words: string, isPage: boolean, list: readonly Thing[]): CommandEntry => ({
  words,
  summary: 'List things',
  load: async () => ({
    command: defineCommand({
      words,
      summary: 'List things',
      positionals: [],
      options: listOptions,
      examples: [`coaia ${words}`],
      async run({ out }, { options }) {
        out.list(
          {
            things: 'things',
            rows: list,
            columns: [{ header: 'ID', value: ({ id }: Thing) => id }],
            ...(isPage ? { page: { data: list, meta: { page: 1 } }, isJsonInPipes: true } : {}),
          },
          options,
        );
      },
    }),
  }),
});
const entries = [
  toEntry('things', false, rows),
  toEntry('page', true, rows),
  toEntry('none', false, []),
];

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'coaia-list-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));
const run = (line: string, isTTY = false) => runCoaia(line, { entries, cwd, isTTY });

it('is a table, JSON, JSON lines or CSV', async () => {
  expect((await run('things')).stdout).toContain('Total things: 2');
  expect(JSON.parse((await run('things --json')).stdout)).toEqual(rows);
  expect((await run('things --jsonl')).stdout).toBe(
    `${JSON.stringify(rows[0])}\n${JSON.stringify(rows[1])}\n`,
  );
  expect((await run('things --csv')).stdout).toBe(
    'id,size,owner\n"a,""1""",0,"{""name"":""Ada""}"\nb,,\n',
  );
});

it('shows the fields that are named, in their order', async () => {
  expect((await run('things --csv --fields owner.name,id')).stdout).toBe(
    'owner.name,id\nAda,"a,""1"""\n,b\n',
  );
  expect(JSON.parse((await run('things --json --fields "id, size"')).stdout)).toEqual([
    { id: 'a,"1"', size: 0 },
    { id: 'b', size: null },
  ]);
  expect((await run('things --fields owner.name,constructor')).stdout).toMatch(
    /\| owner\.name \| constructor \|\n[^]*\| Ada +\| N\/A/,
  );
});

it('keeps the page of the API around its rows', async () => {
  expect(JSON.parse((await run('page')).stdout)).toEqual({ data: rows, meta: { page: 1 } });
  expect((await run('page', true)).stdout).toContain('Total things: 2');
  expect(JSON.parse((await run('page --json --fields id')).stdout)).toEqual({
    data: [{ id: 'a,"1"' }, { id: 'b' }],
    meta: { page: 1 },
  });
  expect((await run('page --csv')).stdout).toMatch(/^id,size,owner\n/);
});

it('writes the form that the name of the file says', async () => {
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  const { stdout, stderr } = await run('things -o out.csv');
  expect([stdout, stderr]).toEqual(['', 'Wrote 2 things to out.csv.\n']);
  expect(read('out.csv')).toMatch(/^id,size,owner\n/);
  await run('things -o out.jsonl');
  expect(read('out.jsonl').trimEnd().split('\n')).toHaveLength(2);
  await run('things -o out.json');
  expect(JSON.parse(read('out.json'))).toEqual(rows);
  await run('things -o out.txt');
  expect(read('out.txt')).toContain('Total things: 2');
  await run('things -o out.csv --json');
  expect(JSON.parse(read('out.csv'))).toEqual(rows);
  expect(JSON.parse((await run('things --json -o -')).stdout)).toEqual(rows);
});

it('says nothing where nothing is', async () => {
  expect((await run('none')).stdout).toBe('No things found.\n');
  expect((await run('none --jsonl')).stdout).toBe('');
  expect((await run('none --csv')).stdout).toBe('');
  expect((await run('none --csv --fields id')).stdout).toBe('id\n');
  expect((await run('none --json')).stdout).toBe('[]\n');
});

it('refuses what it cannot do', async () => {
  expect(await run('things --csv --jsonl')).toMatchObject({ code: 2, stdout: '' });
  expect(await run('things --fields ,')).toMatchObject({ code: 2, stdout: '' });
  const { code, stdout, stderr } = await run('things -o missing/out.csv');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('COAIA-0507');
});
