import { describe, expect, test } from 'vitest';
import type { TextApi } from '../api.ts';
import { cutText } from './cut-text.ts';
import { findEncoding, openCounter } from './token-counter.ts';

const words = (limit: number) => ({
  unit: 'words',
  limit,
  count: async (text: string) => text.split(/\s+/).filter(Boolean).length,
});

/** A server that answers what `reply` makes of a body. */
function toApi(reply?: (body: { prompt: string; content: string }) => unknown): TextApi {
  const api: Partial<TextApi> = {
    maxInputTokens: undefined,
    tokenize: async () =>
      reply === undefined ? undefined : { url: 'http://127.0.0.1/tokenize', headers: {} },
    fetch: async (_, init) => {
      const answer = reply?.(JSON.parse(init.body as string));
      return answer === undefined ? new Response('', { status: 404 }) : Response.json(answer);
    },
  };
  return api as TextApi;
}

describe('counters', () => {
  test.each([
    ['gpt-4o-mini', 'o200k_base'],
    ['gpt-4.1', 'o200k_base'],
    ['gpt-5-mini', 'o200k_base'],
    ['o4-mini', 'o200k_base'],
    ['ft:gpt-4o-2024-08-06:x:y:z', 'o200k_base'],
    ['openai/gpt-oss-20b', 'o200k_base'],
    ['gpt-4', 'cl100k_base'],
    ['gpt-4-turbo', 'cl100k_base'],
    ['gpt-3.5-turbo', 'cl100k_base'],
    ['llama3.2', undefined],
    ['orca', undefined],
  ])('%s is counted by %s', (model, encoding) => expect(findEncoding(model)).toBe(encoding));

  test('count what OpenAI counts', async () => {
    const counter = await openCounter(toApi(), 'gpt-4o', undefined);
    // Counts of tiktoken 0.12 for o200k_base.
    expect(await counter.count('hello world')).toBe(2);
    expect(await counter.count('tiktoken is great!')).toBe(6);
    expect(await counter.count('<|endoftext|>')).toBeGreaterThan(1);
    expect(counter).toMatchObject({ unit: 'tokens of o200k_base', limit: 100_000 });
  });

  test('count long runs without a space in time, and ordinary texts to the token', async () => {
    const counter = await openCounter(toApi(), 'gpt-4o', undefined);
    const start = performance.now();
    expect(await counter.count('a'.repeat(200_000))).toBe(25_000);
    expect(await counter.count('日本語'.repeat(20_000))).toBeGreaterThan(10_000);
    expect(await counter.count(' '.repeat(200_000))).toBeGreaterThan(100);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(await counter.count('The quick brown fox. '.repeat(1000))).toBe(5001);
  });

  test('ask llama.cpp and vLLM, and else count characters', async () => {
    const llama = await openCounter(
      toApi(({ content }) => ({ tokens: content.split(' ') })),
      'llama3',
      undefined,
    );
    expect(await llama.count('a b c')).toBe(3);
    expect(llama).toMatchObject({ unit: 'tokens of the server', limit: 6000 });
    const vllm = await openCounter(
      toApi(({ prompt }) => ({ count: prompt.length * 2, max_model_len: 4096 })),
      'qwen',
      undefined,
    );
    expect([await vllm.count('abc'), vllm.limit]).toEqual([6, 3072]);
    for (const api of [toApi(), toApi(() => undefined), toApi(() => ({ other: 1 }))]) {
      const counter = await openCounter(api, 'llama3', undefined);
      expect([counter.unit, counter.limit, await counter.count('abcd')]).toEqual([
        'characters',
        18_000,
        4,
      ]);
    }
  });
});

describe('cutting', () => {
  const text = Array.from({ length: 40 }, (_, index) => `Sentence ${index} is here.`).join(' ');

  test('keeps everything, in order, in parts that fit', async () => {
    const parts = await cutText(text, words(30));
    expect(parts.join('')).toBe(text);
    expect(parts.length).toBeGreaterThan(4);
    for (const part of parts) expect(part.split(' ').filter(Boolean).length).toBeLessThan(31);
    expect(parts.every((part) => part.trim().endsWith('.'))).toBe(true);
  });

  test('prefers paragraphs, and cuts inside a word only when there is nothing else', async () => {
    const two = `${'a '.repeat(20)}\n\n${'b '.repeat(20)}`;
    expect((await cutText(two, words(25)))[0]).toBe(`${'a '.repeat(20)}\n\n`);
    const letters = { unit: 'characters', limit: 7, count: async (one: string) => one.length };
    const long = '😀'.repeat(20);
    const parts = await cutText(long, letters);
    expect(parts.join('')).toBe(long);
    expect(parts.every((part) => !/^[\uDC00-\uDFFF]/.test(part))).toBe(true);
    expect(await cutText('', letters)).toEqual(['']);
  });
});
