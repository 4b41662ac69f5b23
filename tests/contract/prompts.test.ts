/** Prompts with the official SDK `langfuse` 3 and the official command line, against a real server. */
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

let server: ApiServer;
let langfuse: Langfuse;
beforeAll(async () => {
  server = await openApiServer();
  langfuse = openSdk();
});
afterAll(async () => {
  await langfuse.shutdownAsync();
  await server.stop();
});

function openSdk(): Langfuse {
  const { url: baseUrl, publicKey, secretKey } = server;
  return new Langfuse({ baseUrl, publicKey, secretKey });
}

const send = (method: string, path: string, body: unknown) =>
  server.send(method, path, { body: JSON.stringify(body) });

test('the SDK creates a text prompt in a folder, reads, compiles and moves it', async () => {
  const name = 'folder/movie critic';
  const made = await langfuse.createPrompt({
    name,
    prompt: 'As a {{level}} critic, what of {{movie}}?',
    labels: ['production'],
    tags: ['film'],
    config: { temperature: 0.7 },
    commitMessage: 'first',
  });
  expect(made).toMatchObject({ name, version: 1, labels: ['latest', 'production'] });
  const prompt = await langfuse.getPrompt(name);
  expect(prompt.compile({ level: 'kind', movie: 'M' })).toBe('As a kind critic, what of M?');
  expect(prompt).toMatchObject({
    config: { temperature: 0.7 },
    tags: ['film'],
    commitMessage: 'first',
  });
  await langfuse.createPrompt({ name, prompt: 'second', labels: ['staging'] });
  expect((await langfuse.getPrompt(name, 2)).prompt).toBe('second');
  expect((await langfuse.getPrompt(name, undefined, { label: 'staging' })).version).toBe(2);
  await langfuse.updatePrompt({ name, version: 2, newLabels: ['production'] });
  expect((await openSdk().getPrompt(name)).version).toBe(2);
});

test('the SDK keeps a prompt for as long as it is told, then asks again', async () => {
  await langfuse.createPrompt({ name: 'kept', prompt: 'one', labels: ['production'] });
  const first = await langfuse.getPrompt('kept', undefined, { cacheTtlSeconds: 60 });
  await send('POST', '/v2/prompts', { name: 'kept', prompt: 'two', labels: ['production'] });
  const cached = await langfuse.getPrompt('kept', undefined, { cacheTtlSeconds: 60 });
  expect([first.prompt, cached.prompt]).toEqual(['one', 'one']);
  const fresh = await langfuse.getPrompt('kept', undefined, { cacheTtlSeconds: 0 });
  expect(fresh.prompt).toBe('two');
});

test('the SDK creates and compiles a chat with placeholders', async () => {
  await langfuse.createPrompt({
    name: 'chat',
    type: 'chat',
    prompt: [
      { role: 'system', content: 'You are {{who}}.' },
      { type: 'placeholder', name: 'history' },
      { role: 'user', content: 'And now?' },
    ],
    labels: ['production'],
  });
  const prompt = await langfuse.getPrompt('chat', undefined, { type: 'chat' });
  const history = [{ role: 'user', content: 'Hi' }];
  expect(prompt.compile({ who: 'a poet' }, { history })).toEqual([
    expect.objectContaining({ role: 'system', content: 'You are a poet.' }),
    { role: 'user', content: 'Hi' },
    expect.objectContaining({ role: 'user', content: 'And now?' }),
  ]);
});

test('the SDK falls back when there is no such prompt', async () => {
  const prompt = await langfuse.getPrompt('nowhere', undefined, {
    fallback: 'spare',
    maxRetries: 0,
  });
  expect(prompt.prompt).toBe('spare');
  await expect(langfuse.getPrompt('nowhere', undefined, { maxRetries: 0 })).rejects.toThrow();
});

test('a generation that names a prompt has its id, whichever of the two came first', async () => {
  const prompt = await langfuse.createPrompt({ name: 'used', prompt: 'x' });
  const trace = langfuse.trace({ id: 'prompted' });
  trace.generation({ id: 'after', prompt });
  trace.generation({ id: 'without' });
  await langfuse.flushAsync();
  const later = { id: 'before', traceId: 'prompted', promptName: 'later', promptVersion: 1 };
  await server.ingest([event('generation-create', later)]);
  expect((await server.read('/observations/before')).body.promptId).toBeNull();
  const { body: made } = await send('POST', '/v2/prompts', { name: 'later', prompt: 'y' });
  const { body: used } = await server.read('/v2/prompts/used?label=latest');

  const ids = { after: used.id, before: made.id, without: null };
  for (const [id, promptId] of Object.entries(ids))
    expect((await server.read(`/observations/${id}`)).body).toMatchObject({ id, promptId });
  const { body: list } = await server.read('/v2/observations?traceId=prompted&fields=prompt');
  const found = list.data.map((one: { id: string; promptId: string }) => [one.id, one.promptId]);
  expect(Object.fromEntries(found)).toEqual(ids);
  const { body: detail } = await server.read('/traces/prompted');
  expect(detail.observations).toHaveLength(3);
  expect(detail.observations.find((one: { id: string }) => one.id === 'after')).toMatchObject({
    promptId: used.id,
    promptName: 'used',
    promptVersion: 1,
  });
});
