/** Hostile scripts: each is stopped or finds nothing. */
import { afterAll, describe, expect, it } from 'vitest';
import { isCoaiaError } from '#base';
import { closeSandbox, runScript } from './index.ts';

afterAll(closeSandbox);

const run = (source: string, input: null | { readonly a: number } = null, timeoutMs = 2000) =>
  runScript({ source, input, timeoutMs, language: 'javascript', entry: 'evaluate' });
const code = async (source: string, timeoutMs?: number) =>
  run(source, null, timeoutMs).then(
    (value) => `returned ${JSON.stringify(value)}`,
    (error: unknown) => (isCoaiaError(error) ? error.code : 'another error'),
  );

describe('a script cannot go on for ever', () => {
  it.each([
    ['a loop', 'function evaluate() { for (;;) {} }'],
    ['a loop while it is read', 'for (;;) {}'],
    ['a loop in a getter', 'function evaluate() { return { get a() { for (;;) {} } } }'],
    ['a loop in toJSON', 'function evaluate() { return { toJSON() { for (;;) {} } } }'],
    [
      'a catastrophic pattern',
      'function evaluate() { return /^(a+)+$/.test("a".repeat(40) + "b") }',
    ],
    [
      'jobs that make jobs',
      'function f() { Promise.resolve().then(f) } async function evaluate() { f(); await new Promise(() => {}) }',
    ],
  ])('%s', async (_name, source) => expect(await code(source, 300)).toBe('COAIA-0750'));

  it('a promise that never settles', async () =>
    expect(await code('function evaluate() { return new Promise(() => {}) }')).toBe('COAIA-0752'));
});

describe('a script cannot take more than it is given', () => {
  it.each([
    ['arrays', 'function evaluate() { const a = []; for (;;) a.push(new Array(1e4).fill(1.5)) }'],
    [
      'strings',
      'function evaluate() { const a = []; for (let i = 0; ; i++) a.push("x".repeat(1e6) + i) }',
    ],
    ['buffers', 'function evaluate() { const a = []; for (;;) a.push(new ArrayBuffer(1e6)) }'],
    ['stack', 'function evaluate() { return evaluate() + 1 }'],
    [
      'promises that wait for promises',
      'const f = () => Promise.resolve().then(f); async function evaluate() { await f() }',
    ],
  ])('%s', async (_name, source) => {
    const before = process.memoryUsage().rss;
    expect(await code(source, 10_000)).toBe('COAIA-0751');
    // The engine has 64 MiB; the rest of the room is the thread itself.
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('a huge answer', async () =>
    expect(await code('function evaluate() { return "x".repeat(2e6) }')).toBe('COAIA-0753'));
  it('a huge source', async () =>
    expect(await code(`${' '.repeat(300_000)}function evaluate() {}`)).toBe('COAIA-0754'));
});

describe('a script reaches nothing', () => {
  it.each(
    'process require module global window fetch XMLHttpRequest WebAssembly Worker setTimeout console Deno Bun performance navigator'.split(
      ' ',
    ),
  )('%s is not there', async (name) =>
    expect(await run(`function evaluate() { return typeof ${name} }`)).toBe('undefined'),
  );

  it.each([
    [
      'static',
      "import fs from 'node:fs'; export function evaluate() { return fs.readdirSync('/') }",
    ],
    [
      'dynamic',
      "export async function evaluate() { return (await import('node:fs')).readdirSync('/') }",
    ],
    ['constructor', "function evaluate() { return evaluate.constructor('return process')().env }"],
    ['eval', "function evaluate() { return (0, eval)('process.env') }"],
  ])('%s import', async (_name, source) => expect(await code(source)).toBe('COAIA-0752'));

  it('the prototypes of this process stay as they are', async () => {
    await run(
      'function evaluate(i) { Object.prototype.hacked = 1; Array.prototype.map = null; i.__proto__.x = 1; return JSON.parse(\'{"__proto__":{"polluted":1}}\') }',
      { a: 1 },
    );
    expect(({} as { readonly hacked?: unknown }).hacked).toBeUndefined();
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
    expect([1].map((one) => one + 1)).toEqual([2]);
  });

  it('a run sees nothing of the one before', async () => {
    await run('globalThis.left = 1; function evaluate() { return 1 }');
    expect(await run('function evaluate() { return typeof left }')).toBe('undefined');
  });

  it('replacing JSON changes nothing', async () =>
    expect(
      await run(
        'JSON.stringify = () => "{"; JSON.parse = () => 7; function evaluate(i) { return i }',
        {
          a: 1,
        },
      ),
    ).toEqual({ a: 1 }));
});
