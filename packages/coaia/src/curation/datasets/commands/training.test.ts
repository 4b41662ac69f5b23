/** Training files, against a server that (like Langfuse) ignores parameters it does not know. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const chat = [
  { role: 'system', content: 'own system' },
  { role: 'user', content: 'hi' },
  { role: 'assistant', content: 'hello' },
  { role: 'user', content: 'more' },
];
const ITEMS = [
  { id: '1', datasetName: 'A', input: 'plain', expectedOutput: 'answer' },
  { id: '2', datasetName: 'A', input: { q: [1] }, expectedOutput: { a: 2 } },
  { id: '3', datasetName: 'A', input: chat, expectedOutput: 'end' },
  { id: '4', datasetName: 'A', input: 'no answer', expectedOutput: null },
  { id: '5', datasetName: 'A', input: '', expectedOutput: 'x' },
  { id: '6', datasetName: 'A', input: 'plain', expectedOutput: 'answer' },
  { id: '7', datasetName: 'B', input: 'other dataset', expectedOutput: 'x' },
];

let server: Server;
let env: Record<string, string>;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://stub');
    asked.push(`${request.method} ${request.url}`);
    const name = url.searchParams.get('datasetName');
    const data = name === 'A' ? ITEMS.filter((item) => item.datasetName === name) : ITEMS;
    const isItems = url.pathname === '/api/public/dataset-items';
    const isKnown = isItems || url.pathname === '/api/public/v2/datasets/A';
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    const page = { page: 1, limit: 100, totalItems: data.length, totalPages: 1 };
    const missing = { message: 'Dataset not found', error: 'LangfuseNotFoundError' };
    const body = isItems ? { data, meta: page } : { id: 'd', name: 'A' };
    response.end(JSON.stringify(isKnown ? body : missing));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  env = {
    LANGFUSE_HOST: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    LANGFUSE_PUBLIC_KEY: 'pk-lf-stub',
    LANGFUSE_SECRET_KEY: 'sk-lf-stub',
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function read(line: string) {
  const { code, stdout, stderr } = await runCoaia(line, { env });
  const rows =
    stdout === ''
      ? []
      : stdout
          .trimEnd()
          .split('\n')
          .map((row) => JSON.parse(row));
  return { code, rows, stderr };
}

test('-oft has only items of the dataset, strings only, and says what was left out', async () => {
  asked.length = 0;
  const { code, rows, stderr } = await read('fuse datasets get A -oft');
  expect(code).toBe(0);
  expect(asked).toContain('GET /api/public/dataset-items?datasetName=A&page=1&limit=100');
  const system = { role: 'system', content: 'You are a helpful assistant' };
  expect(rows).toEqual([
    {
      messages: [
        system,
        { role: 'user', content: 'plain' },
        { role: 'assistant', content: 'answer' },
      ],
    },
    {
      messages: [
        system,
        { role: 'user', content: '{"q":[1]}' },
        { role: 'assistant', content: '{"a":2}' },
      ],
    },
    { messages: [...chat, { role: 'assistant', content: 'end' }] },
    rows[0],
  ]);
  expect(stderr).toContain(
    'Wrote 4 examples; left out 1 with no expected output, 1 with no input.',
  );
});

test('the system instruction replaces default and own; -oft wins over -gft and --json', async () => {
  const { rows } = await read(
    'fuse datasets get A --json -gft --openai-ft --system-instruction "Be brief." --dedupe',
  );
  expect(rows).toHaveLength(3);
  for (const { messages } of rows) {
    const system = messages.filter(({ role }: { role: string }) => role === 'system');
    expect(system).toEqual([{ role: 'system', content: 'Be brief.' }]);
  }
});

test('-gft has the shape of Gemini', async () => {
  const { rows } = await read('fuse datasets get A -gft');
  expect(rows[2]).toEqual({
    systemInstruction: { role: 'system', parts: [{ text: 'own system' }] },
    contents: [
      { role: 'user', parts: [{ text: 'hi' }] },
      { role: 'model', parts: [{ text: 'hello' }] },
      { role: 'user', parts: [{ text: 'more' }] },
      { role: 'model', parts: [{ text: 'end' }] },
    ],
  });
});

test('the other formats say the same', async () => {
  const first = async (format: string) =>
    (await read(`fuse datasets export A --format ${format}`)).rows[0];
  const prompt = [
    { role: 'system', content: 'You are a helpful assistant' },
    { role: 'user', content: 'plain' },
  ];
  expect(await first('hf')).toEqual({
    prompt,
    completion: [{ role: 'assistant', content: 'answer' }],
  });
  expect(await first('alpaca')).toEqual({
    instruction: 'plain',
    input: '',
    output: 'answer',
    system: 'You are a helpful assistant',
  });
  expect((await first('sharegpt')).conversations.at(-1)).toEqual({ from: 'gpt', value: 'answer' });
  expect((await first('chatml')).text).toBe(
    '<|im_start|>system\nYou are a helpful assistant<|im_end|>\n<|im_start|>user\nplain<|im_end|>\n<|im_start|>assistant\nanswer<|im_end|>\n',
  );
});

test('parts of values, splits and checks', async () => {
  const part = await read('fuse datasets export A -oft --input-field q.0 --output-field a');
  expect(part.rows).toHaveLength(1);
  expect(part.rows[0].messages[1].content).toBe('1');
  const home = mkdtempSync(join(tmpdir(), 'coaia-split-'));
  const split = await runCoaia('fuse datasets export A -oft --split 0.75 -o set', { env, home });
  expect(split).toMatchObject({ code: 0, stdout: '' });
  const count = (name: string) =>
    readFileSync(join(home, name), 'utf8').trimEnd().split('\n').length;
  expect([count('set.train.jsonl'), count('set.validation.jsonl')]).toEqual([3, 1]);
  expect((await read('fuse datasets export A -oft --split 0.75')).code).toBe(2);
  // Without a format whole items are written, and these options would be left undone.
  const whole = await runCoaia('fuse datasets export A --split 0.75 -o set', { env, home });
  expect({ code: whole.code, stdout: whole.stdout }).toEqual({ code: 2, stdout: '' });
  expect(whole.stderr).toContain('--split is for training files');
  expect((await read('fuse datasets export A -oft --validate')).code).toBe(0);
  const wrong = await runCoaia(
    'fuse datasets export A -oft --validate --output-field none -o none.jsonl',
    { env, home },
  );
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  expect(existsSync(join(home, 'none.jsonl'))).toBe(false);
});

test('a dataset that is not there exits 1 with nothing on stdout', async () => {
  expect(await read('fuse datasets get Z -oft')).toMatchObject({ code: 1, rows: [] });
});
