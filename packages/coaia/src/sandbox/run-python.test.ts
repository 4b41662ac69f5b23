import { describe, expect, it } from 'vitest';
import { requireBox } from './bubblewrap.ts';
import { runPython } from './index.ts';
import { findBox } from './testing.ts';

const { note, skip } = await findBox();

const run = (source: string, input: unknown = null) =>
  runPython({ source, entry: 'evaluate', input: input as never });

describe.skipIf(skip)(`Python${note}`, () => {
  it('gets its input and gives its answer', async () =>
    expect(
      await run('def evaluate(x):\n  return {"n": x["n"] * 2, "t": ("é😀", None, True)}', {
        n: 21,
      }),
    ).toEqual({ n: 42, t: ['é😀', null, true] }));

  it('may return dataclasses', async () =>
    expect(
      await run(
        'from dataclasses import dataclass\n@dataclass\nclass Score:\n  name: str\n  value: float\ndef evaluate(x):\n  return [Score("a", 0.5)]',
      ),
    ).toEqual([{ name: 'a', value: 0.5 }]));

  it('may print without harm', async () =>
    expect(
      await run(
        'import sys, os\nprint("{\\"kind\\": \\"done\\"}")\ndef evaluate(x):\n  print("noise" * 9999)\n  sys.stderr.write("more")\n  os.write(1, b"raw")\n  return 1',
      ),
    ).toBe(1));

  it('runs a prelude and turns the input into the argument', async () =>
    expect(
      await runPython({
        prelude: 'def _to_argument(value):\n  return value["a"]',
        source: 'def evaluate(a):\n  return a + 1',
        entry: 'evaluate',
        input: { a: 1 },
      }),
    ).toBe(2));

  it.each([
    ['does not parse', 'def evaluate(:', 'COAIA-0752', /SyntaxError/],
    [
      'throws',
      'def evaluate(x):\n  raise ValueError("too far")',
      'COAIA-0752',
      /ValueError: too far/,
    ],
    ['has no such function', 'other = 1', 'COAIA-0752', /no function named evaluate/],
    ['exits', 'import os\ndef evaluate(x):\n  os._exit(3)', 'COAIA-0752', /exit code 3/],
    ['quits', 'import sys\ndef evaluate(x):\n  sys.exit(3)', 'COAIA-0752', /SystemExit: 3/],
    ['returns NaN', 'def evaluate(x):\n  return float("nan")', 'COAIA-0753', /./],
    ['returns a function', 'def evaluate(x):\n  return {1: object()}', 'COAIA-0753', /./],
  ])('that %s says so', async (_name, source, code, words) =>
    expect(run(source)).rejects.toMatchObject({ code, message: expect.stringMatching(words) }),
  );
});

describe('without a sandbox', () => {
  it('names what is missing and how to get it', async () =>
    expect(requireBox('no-such-bwrap')).rejects.toMatchObject({
      code: 'COAIA-0760',
      hint: 'apt-get install bubblewrap',
    }));

  it('says when namespaces are forbidden', async () =>
    expect(requireBox('/bin/false')).rejects.toMatchObject({ code: 'COAIA-0761' }));
});
