/** Checks 20 and 21: `p` and `summarize`, with a model server that records what it is asked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import type { RunOptions } from '../../packages/coaia/src/cli/testing.ts';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import type { ModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import { openServerTarget } from './targets.ts';

const home = mkdtempSync(join(tmpdir(), 'coaia-check-20-'));
let model: ModelServer;
let server: Awaited<ReturnType<typeof openServerTarget>>;
beforeAll(async () => {
  [model, server] = await Promise.all([openModelServer(), openServerTarget()]);
  const settings = {
    openai_api_key: 'sk-x',
    openai_api_url: `${model.baseUrl}/chat/completions`,
    model: 'gpt-4o-mini',
    tag_instruction: 'Do it.',
    tag_temperature: 0.11,
  };
  writeFileSync(join(home, 'coaia.json'), JSON.stringify(settings, null, 4));
  writeFileSync(join(home, 'file.txt'), 'text of the file');
});
afterAll(async () => {
  await Promise.all([model.close(), server.close()]);
  rmSync(home, { recursive: true, force: true });
});

describe.each([
  ['the home', () => ({})],
  ['a server', () => server.env],
])('working on %s', (_, toEnv) => {
  const run = (line: string, options: RunOptions = {}) =>
    runCoaia(line, { home, env: toEnv(), ...options });
  const sent = () => model.calls.at(-1)?.body.messages.at(-1).content as string;

  test('check 20: p sends the words, or else stdin as it is', async () => {
    const first = await run('p tag "text"', { stdin: '' });
    expect([first.code, sent()]).toEqual([0, 'text']);
    await run('p tag text', { stdin: 'not this' });
    expect(sent()).toBe('text');
    await run('p tag', { stdin: 'a\n' });
    expect(sent()).toBe('a\n');
    await run('p tag -', { stdin: 'b\n' });
    expect(sent()).toBe('b\n');
    await run('p tag text -F file.txt');
    expect(sent()).toBe('text of the file');
    const asked = model.calls.filter(({ body }) => body.messages[0].content === 'Do it.');
    expect(asked.every(({ body }) => body.temperature === 0.11)).toBe(true);
    expect(model.calls.every(({ body }) => body.messages[0].role === 'system')).toBe(true);
  });

  test('check 20: an unknown tag is answered alone on stdout', async () => {
    const { code, stdout, stderr } = await run('p unknown "two words"');
    expect([code, stdout]).toEqual([0, 'You said "two words", which is 2 words.\n']);
    expect(stderr).toContain('unknown');
  });

  test.each([
    ['summarize file.txt', {}, 'text of the file'],
    ['summarize "some words"', {}, 'some words'],
    ['summarize --f file.txt', {}, 'text of the file'],
    ['summarize', { stdin: 'from stdin' }, 'from stdin'],
    ['s -', { stdin: 'from stdin' }, 'from stdin'],
    ['summarize file.txt', { stdin: '' }, 'text of the file'],
    ['summarize --text x.txt', {}, 'x.txt'],
  ] as const)('check 21: %s', async (line, options, text) => {
    const { code, stdout } = await run(line, options);
    expect([code, sent()]).toEqual([0, text]);
    expect(stdout).toContain(`You said "${text}"`);
  });

  test.each([
    ['summarize x.txt', {}],
    ['summarize ./x', {}],
    ['summarize -F x.txt', {}],
    ['summarize', { stdin: '' }],
  ] as const)('check 21: %s ends with 1 and asks nobody', async (line, options) => {
    const before = model.calls.length;
    const { code, stdout } = await run(line, options);
    expect([code, stdout, model.calls.length]).toEqual([1, '', before]);
  });
});

test('check 30: a model server that is away ends with 4 and one line', async () => {
  const env = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
  const { code, stdout, stderr } = await runCoaia('p tag text', { home, env });
  expect([code, stdout]).toEqual([4, '']);
  expect(stderr.split('\n').filter((line) => line.startsWith('Error'))).toHaveLength(1);
});
