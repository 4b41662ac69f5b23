import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isCoaiaError } from '#base';
import { readEnvFile, renderEnvFile } from './env-file.ts';
import { readJsonFile } from './json-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coaia-files-'));
  path = join(folder, 'settings-file');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The sentence of the error for the damaged file; always names it, always exit 3. */
function refuse(read: (path: string) => unknown): string {
  try {
    read(path);
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    expect(error.code).toBe('COAIA-0201');
    expect(error.definition.exit).toBe(3);
    expect(error.message).toContain(path);
    expect(error.message.length).toBeLessThan(400);
    return error.message.replace(path, 'FILE');
  }
  return 'was accepted';
}

describe.each([
  ['variables', readEnvFile],
  ['JSON', readJsonFile],
] as const)('no file of %s', (_, read) => {
  test('absent is undefined', () => {
    expect(read(path)).toBeUndefined();
    expect(read(join(path, 'below', 'nothing'))).toBeUndefined();
  });

  test('a folder', () => {
    mkdirSync(path);
    expect(refuse(read)).toBe('FILE: is a folder, not a file.');
  });

  test('a named pipe is refused at once, not waited for', () => {
    execFileSync('mkfifo', [path]);
    expect(refuse(read)).toBe('FILE: is a named pipe, not a file.');
  });

  test('a link that leads nowhere', () => {
    symlinkSync(join(folder, 'gone'), path);
    expect(refuse(read)).toBe('FILE: is a link that leads nowhere.');
  });

  test.each<[string, string | Buffer, string]>([
    ['zeros', Buffer.alloc(64), 'FILE, line 1: contains zero bytes.'],
    ['broken UTF-8', Buffer.from([0x41, 0x3d, 0xc3, 0x28, 0xff]), 'FILE: is not UTF-8 text.'],
    ['a huge line', `A=${'x'.repeat(2_000_000)}`, 'FILE: is larger than 1 MB.'],
    [
      'merge markers',
      '<<<<<<< HEAD\nA=1\n=======\nA=2\n>>>>>>> x\n',
      'FILE, line 1: has conflict markers of a merge.',
    ],
  ])('%s', (__, content, sentence) => {
    writeFileSync(path, content);
    expect(refuse(read)).toBe(sentence);
  });
});

describe('variables', () => {
  test.each<[string, string, Readonly<Record<string, string>>, number]>([
    ['dotenv', 'A=1\nB="x y"\n', { A: '1', B: 'x y' }, 0],
    [
      'JSON',
      '{"A": "1", "N": 2, "T": true, "Z": null, "L": [1]}',
      { A: '1', N: '2', T: 'true', L: '[1]' },
      0,
    ],
    ['nested JSON', '{"A": {"B": {"C": "x"}}}', { A__B__C: 'x' }, 0],
    ['empty', '', {}, 0],
    ['JSON null is no assignment', 'null', {}, 1],
  ])('%s', (_, text, values, problems) => {
    writeFileSync(path, text);
    const file = readEnvFile(path);
    expect({ ...file?.values }).toEqual(values);
    expect(file?.problems).toHaveLength(problems);
    for (const problem of file?.problems ?? []) expect(problem).toContain(`${path}, line `);
  });

  test('names of the prototype are plain variables', () => {
    writeFileSync(path, '{"__proto__": "x", "constructor": "y"}');
    const values = readEnvFile(path)?.values ?? {};
    expect(Object.keys(values).toSorted()).toEqual(['__proto__', 'constructor']);
  });

  test('many bad lines are a few sentences', () => {
    writeFileSync(path, 'nonsense\n'.repeat(1000));
    expect(readEnvFile(path)?.problems).toHaveLength(4);
    expect(readEnvFile(path)?.problems[3]).toContain('997 more lines');
  });
});

describe('what is written', () => {
  const values = { A: 'x', B: '', C: `it's "x"\n$HOME`, _D: '日本' };

  test.each(['env', 'json'] as const)('as %s is read back in the same format', (format) => {
    writeFileSync(path, renderEnvFile(format, values));
    const file = readEnvFile(path);
    expect({ ...file?.values }).toEqual(values);
    expect(file?.format).toBe(format);
  });

  test.each(['', '1A', 'A B', 'A;id', '$(id)', 'A=B'])('the name %j is refused', (name) => {
    expect(() => renderEnvFile('env', { [name]: 'x' })).toThrow(/no name of a variable/);
  });
});

describe('JSON', () => {
  test.each<[string, string]>([
    ['{"a": 1,\n "b": }\n', 'FILE, line 2: is not valid JSON.'],
    ['['.repeat(200_000), 'FILE, line 1: is not valid JSON.'],
    ['null', 'FILE: must hold one JSON object.'],
    ['[]', 'FILE: must hold one JSON object.'],
    ['{"a": 1', 'FILE, line 1: is not valid JSON.'],
  ])('%j', (text, sentence) => {
    writeFileSync(path, text);
    expect(refuse(readJsonFile)).toBe(sentence);
  });

  test('a byte order mark, CRLF and emptiness are fine', () => {
    writeFileSync(path, '\uFEFF{\r\n"a": 1\r\n}\r\n');
    expect(readJsonFile(path)).toEqual({ a: 1 });
    writeFileSync(path, ' \n');
    expect(readJsonFile(path)).toBeUndefined();
  });
});
