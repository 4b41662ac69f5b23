import { afterAll, describe, expect, it } from 'vitest';
import { closeSandbox, runScript } from './index.ts';

afterAll(closeSandbox);

const run = (source: string, input: unknown = null) =>
  runScript({ source, entry: 'evaluate', language: 'typescript', input: input as never });

describe('a script', () => {
  it.each([
    ['a function', 'function evaluate(x: { n: number }): number { return x.n * 2 }'],
    ['a constant', 'const evaluate = (x: { n: number }) => x.n * 2'],
    ['an export', 'export function evaluate(x: { n: number }) { return x.n * 2 }'],
    ['a default export', 'export default (x: { n: number }) => x.n * 2'],
    ['a promise', 'async function evaluate(x: { n: number }) { return (await x.n) * 2 }'],
  ])('may be %s', async (_name, source) => expect(await run(source, { n: 21 })).toBe(42));

  it('has types and loses them', async () =>
    expect(
      await run(
        'type Score = { readonly name: string }; interface A { b: 1 }\nfunction evaluate(): Score[] { return [{ name: "é😀" } satisfies Score] as Score[] }',
      ),
    ).toEqual([{ name: 'é😀' }]));

  it.each([
    ['does not parse', 'function evaluate( {', /SyntaxError/],
    ['has an enum', 'enum A { b }\nfunction evaluate() { return 1 }', /enum/],
    ['throws', 'function evaluate() { throw new RangeError("too far") }', /RangeError: too far/],
    ['rejects', 'async function evaluate() { throw new Error("late") }', /Error: late/],
    ['throws a text', 'function evaluate() { throw "words" }', /words/],
    ['has no such function', 'const other = 1', /no function named evaluate/],
  ])('that %s says so', async (_name, source, words) =>
    expect(run(source)).rejects.toMatchObject({
      code: 'COAIA-0752',
      message: expect.stringMatching(words),
    }),
  );

  it('that returns nothing fails', async () =>
    expect(run('function evaluate() {}')).rejects.toMatchObject({ code: 'COAIA-0753' }));

  it('runs beside others', async () => {
    const all = Array.from({ length: 12 }, (_, n) =>
      run('function evaluate(x) { return x.n }', { n }),
    );
    expect(await Promise.all(all)).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });
});
