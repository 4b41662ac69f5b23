import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editEnvText } from './edit-env-text.ts';
import { parseEnvText } from './env-file.ts';
import { isSecret } from './mask.ts';

const edit = (text: string, changes: Readonly<Record<string, string | undefined>>) =>
  editEnvText('FILE', text, new Map(Object.entries(changes)));

describe('a dotenv text', () => {
  const text = [
    '# who',
    '',
    '  export USER_ID="john" # the author',
    "LONG='a",
    "b'",
    'nonsense',
    'LAST=1',
  ].join('\n');

  test('keeps comments, order and what is no variable', () => {
    expect(edit(text, { USER_ID: 'jane', LONG: 'c', NEW: 'd e' })).toBe(
      [
        '# who',
        '',
        '  export USER_ID=jane # the author',
        'LONG=c',
        'nonsense',
        'LAST=1',
        "NEW='d e'",
        '',
      ].join('\n'),
    );
    expect(edit(text, { LONG: undefined, LAST: undefined, GONE: undefined })).toBe(
      ['# who', '', '  export USER_ID="john" # the author', 'nonsense'].join('\n'),
    );
  });

  test('keeps its line ends and its mark', () => {
    expect(edit('\uFEFFA=1\r\nB=2\r\n', { A: '3', C: '4' })).toBe('\uFEFFA=3\r\nB=2\r\nC=4\r\n');
    expect(edit('A=1', { B: '2' })).toBe('A=1\nB=2\n');
    expect(edit('', { B: '2' })).toBe('B=2\n');
  });

  test('changes the last of two and takes out both', () => {
    expect(edit('A=1\nB=2\nA=3\n', { A: '4' })).toBe('A=1\nB=2\nA=4\n');
    expect(edit('A=1\nB=2\nA=3\n', { A: undefined })).toBe('B=2\n');
  });
});

describe('a JSON text', () => {
  test('keeps other keys, their order, the indentation and the end', () => {
    expect(edit('{\n\t"B": 1,\n\t"A": {"C": "x", "D": "y"}\n}', { A__D: 'z', E: 'e' })).toBe(
      '{\n\t"B": 1,\n\t"A": {\n\t\t"C": "x",\n\t\t"D": "z"\n\t},\n\t"E": "e"\n}',
    );
    expect(edit('{"A": "1", "B": "2"}\n', { A: undefined })).toBe('{\n  "B": "2"\n}\n');
  });
});

const names = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
const values = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));

test.each(['json', 'env'] as const)('any value is read back from %s, others stay', (format) => {
  fc.assert(
    fc.property(
      fc.dictionary(names, values, { noNullPrototype: true }),
      names,
      values,
      (record, name, value) => {
        const start = format === 'json' ? '{}\n' : '# mine\n';
        const before = editEnvText('F', start, new Map(Object.entries(record)));
        const after = editEnvText('F', before, new Map([[name, value]]));
        const all = Object.fromEntries([...Object.entries(record), [name, value]]);
        expect({ ...parseEnvText('F', after).values }).toEqual(all);
        const gone = parseEnvText('F', editEnvText('F', after, new Map([[name, undefined]])));
        expect(gone.values[name]).toBeUndefined();
      },
    ),
    { numRuns: 200 },
  );
});

test('what may be shown', () => {
  const shown: readonly (readonly [string, string])[] = [
    ['COAIA_TRACE_ID', '4f0d9d3e-8f0a-4d51-9f51-6f1d0a7d5a11'],
    ['COAIA_USER_ID', 'john'],
    ['DEBUG_MODE', 'true'],
    ['MODEL', 'gpt-4o-mini'],
    ['LANGFUSE_HOST', 'https://us.cloud.langfuse.com'],
    ['NAME', 'a "b" $c'],
    ['OPENAI_API_KEY', ''],
  ];
  for (const [name, value] of shown) expect(isSecret(name, value), name).toBe(false);
  const hidden: readonly (readonly [string, string])[] = [
    ['OPENAI_API_KEY', 'short'],
    ['MY_PASSWORD', '1234'],
    ['NOTE', 'sk-lf-0123'],
    ['NOTE', 'see 0123456789abcdef0123'],
    ['SERVICE', 'https://me:word@example.org/'],
    ['REDIS_URL', 'redis://example.org'],
  ];
  for (const [name, value] of hidden) expect(isSecret(name, value), value).toBe(true);
});
