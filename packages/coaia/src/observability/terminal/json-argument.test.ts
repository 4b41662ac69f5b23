import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseLooseJson, readJsonOption, readNamedFile, readValue } from './json-argument.ts';

const cwd = mkdtempSync(join(tmpdir(), 'coaia-json-'));
const notices: string[] = [];
const source = {
  cwd,
  stdin: async () => Buffer.from('[1]'),
  out: { notice: (text: string) => void notices.push(text) },
};

test.each([
  ['0', 0],
  ['false', false],
  ['null', null],
  ['', ''],
  [' {"a": 1} ', { a: 1 }],
  ['text', 'text'],
  ['"quoted"', 'quoted'],
  ['NaN', 'NaN'],
  ['12345678901234567890', '12345678901234567890'],
  ['007', '007'],
])('%j is read as %j', (text, value) => {
  expect(parseLooseJson(text)).toEqual(value);
});

test('a value comes from a file, from stdin, or is itself', async () => {
  writeFileSync(join(cwd, 'value.json'), '{"from": "file"}');
  expect(await readValue('@value.json', source)).toEqual({ from: 'file' });
  expect(await readValue('-', source)).toEqual([1]);
  expect(await readValue('@', source)).toBe('@');
  expect(notices).toEqual([]);
  expect(await readValue('@ada hello', source)).toBe('@ada hello');
  expect(notices).toEqual([expect.stringContaining('No file ada hello')]);
});

test('options that must be JSON refuse anything else', async () => {
  expect(await readJsonOption('--m', undefined, source)).toBeUndefined();
  expect(await readJsonOption('--m', '0', source)).toBe(0);
  await expect(readJsonOption('--m', 'text', source)).rejects.toMatchObject({ code: 'COAIA-1061' });
});

test('a file that cannot be read is named', async () => {
  await expect(readNamedFile('none', cwd)).rejects.toThrow('The file none does not exist.');
  await expect(readNamedFile('.', cwd)).rejects.toThrow('The file . cannot be read.');
});
