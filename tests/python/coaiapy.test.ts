/** What CoAiAPy writes arrives, and what it reads is there; checked by the API, without CoAiAPy. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCoaiapyWalk } from './coaiapy-walk.ts';
import type { CoaiapyWalk } from './coaiapy-walk.ts';
import { DATABASES } from './databases.ts';
import { openPythonEnv } from './python-env.ts';

const UUID = '7b0e7a52-3c0e-4f0a-9d0b-5d3c8a1e2f40';
const SESSION = '0d9c2f6a-6f6f-4c61-8a56-0a8f1a3b7c11';

const CASES = ['0.6.2', '0.4.5'].flatMap((version) =>
  DATABASES.map((database) => ({ version, database })),
);

describe.each(CASES)('CoAiAPy $version on $database', async ({ version, database }) => {
  const found = await openPythonEnv(`coaiapy==${version}`);
  const isMissing = 'missing' in found;
  let walk: CoaiapyWalk;
  beforeAll(async () => {
    if ('bin' in found) walk = await openCoaiapyWalk(found.bin, database);
  });
  afterAll(() => walk?.close());

  const python = (...words: readonly string[]) => walk.python(['fuse', ...words]);
  const read = async (path: string) => (await walk.server.read(path)).body;

  test.skipIf(isMissing)('projects', async () => {
    expect(JSON.parse(await python('projects'))).toMatchObject({ data: [{ id: 'default' }] });
  });

  test.skipIf(isMissing)('prompts: create, get by label, folders, chat, list', async () => {
    await python(
      'prompts',
      'create',
      'team/hi',
      'Hé {{n}}',
      '--labels',
      'production',
      '--tags',
      't',
    );
    await python('prompts', 'create', 'team/hi', 'Hi {{n}}', '--commit-message', 'shorter');
    const chat = '[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]';
    await python('prompts', 'create', 'chat', chat, '--type', 'chat');
    expect(await read('/v2/prompts/team%2Fhi?version=2')).toMatchObject({
      prompt: 'Hi {{n}}',
      commitMessage: 'shorter',
      tags: ['t'],
    });
    expect((await read('/v2/prompts/chat?label=latest')).prompt).toEqual(JSON.parse(chat));
    expect(await python('prompts', 'get', 'team/hi', '-c')).toBe('Hi {{n}}\n');
    expect(await python('prompts', 'get', 'team/hi', '--prod', '-e')).toBe('"H\\u00e9 {{n}}"\n');
    expect(await python('prompts', 'get', 'chat', '-c')).toBe('a\nb\n');
    expect(await python('prompts', 'list')).toContain('Total prompts: 2');
    expect(await python('prompts', 'get', 'none')).toContain('Prompt not found');
  });

  test.skipIf(isMissing)(
    'datasets and their items; a training file has those of its dataset only',
    async () => {
      await python('datasets', 'create', 'a', '--description', 'd', '--metadata', 'note');
      await python('datasets', 'create', 'b', '--metadata', '{"k":1}');
      await python('dataset-items', 'create', 'a', '-i', 'q1', '-e', 'a1', '-m', '{"k":1}');
      await python('dataset-items', 'create', 'a', '-i', '{"x":1}', '-e', 'a2', '--id', 'fixed');
      await python('dataset-items', 'create', 'b', '-i', 'other', '-e', 'other');
      expect(await read('/v2/datasets/a')).toMatchObject({ metadata: { note: 'note' } });
      expect(await read('/dataset-items/fixed')).toMatchObject({ input: '{"x":1}' });
      expect(await python('datasets', 'list')).toContain('Total datasets: 2');
      const lines = (await python('datasets', 'get', 'a', '-oft')).trim().split('\n');
      expect(lines.map((line) => JSON.parse(line).messages[2].content)).toEqual(['a2', 'a1']);
    },
  );

  test.skipIf(isMissing)(
    'traces: create, observations one by one and in batches, patch, view',
    async () => {
      const line = [
        'create',
        UUID,
        '-s',
        's',
        '-u',
        'ada',
        '-n',
        'N',
        '-i',
        '{"a":1}',
        '-m',
        '{"k":1}',
      ];
      await python('traces', ...line);
      await python('traces', 'add-observation', UUID, 'load', '-ts', '-n', 'load', '-i', 'in');
      const usage = ['--model', 'gpt-4o', '--usage', '{"input":5,"output":3}'];
      await python(
        'traces',
        'add-observation',
        UUID,
        'ask',
        '-tg',
        '-n',
        'ask',
        '-p',
        'load',
        ...usage,
      );
      writeFileSync(join(walk.home, 'steps.json'), '[{"name":"b1"},{"name":"b2","type":"SPAN"}]');
      await python('traces', 'add-observations', UUID, '-f', 'steps.json');
      await python('traces', 'patch-output', UUID, '{"final":true}');
      const trace = await read(`/traces/${UUID}`);
      expect(trace).toMatchObject({ name: 'N', userId: 'ada', sessionId: 's', input: { a: 1 } });
      expect(trace.output).toEqual({ final: true });
      const types = trace.observations.map((one: { name: string; type: string }) => [
        one.name,
        one.type,
      ]);
      expect(Object.fromEntries(types)).toEqual({
        load: 'SPAN',
        ask: 'GENERATION',
        b1: 'EVENT',
        b2: 'SPAN',
      });
      const ask = await read('/observations/ask');
      expect(ask).toMatchObject({ parentObservationId: 'load', usage: { total: 8 } });
      expect(ask.calculatedTotalCost).toBeGreaterThan(0);
      const view = JSON.parse(await python('traces', 'trace-view', UUID, '--json'));
      expect(view.observations).toHaveLength(4);
      expect(await python('traces', 'session-view', 's')).toContain('Total traces: 1');
      expect(JSON.parse(await python('traces', '--json'))).toHaveLength(1);
    },
  );

  test.skipIf(isMissing)('sessions: create and addnode', async () => {
    await python('sessions', 'create', SESSION, 'ada', '-n', 'Talk');
    await python('sessions', 'addnode', SESSION, UUID, 'ada', '-n', 'N');
    const { traces } = await read(`/sessions/${SESSION}`);
    expect(traces.map(({ id }: { id: string }) => id).toSorted()).toEqual([SESSION, UUID]);
    // The file is one that our program reads.
    const ours = await walk.coaia(['fuse', 'sessions', 'view', '--json']);
    expect(JSON.parse(ours)).toMatchObject({ session_id: SESSION, nodes: [{ trace_id: UUID }] });
  });

  test.skipIf(isMissing)(
    'scores and score configs, with the values as CoAiAPy sends them',
    async () => {
      await python(
        'scores',
        'apply',
        '--trace-id',
        UUID,
        '--name',
        'acc',
        '-v',
        '0.7',
        '-c',
        'good',
      );
      await python('scores', 'apply', '--session-id', SESSION, '--name', 'none', '-v', '0');
      await python('score-configs', 'presets', 'install', 'Helpfulness', 'Meets Requirements');
      await python(
        'score-configs',
        'create',
        'Range',
        'NUMERIC',
        '--min-value',
        '0',
        '--max-value',
        '10',
      );
      for (const [name, value] of [
        ['Helpfulness', 'Very Helpful'],
        ['Meets Requirements', 'yes'],
        ['Range', '5'],
      ] as const)
        await python('score-configs', 'apply', name, '--trace-id', UUID, '-v', value);
      const { data } = await read('/v2/scores?limit=100');
      const scores = data.map((one: Record<string, unknown>) => [
        one['name'],
        [one['dataType'], one['value'], one['stringValue']],
      ]);
      expect(Object.fromEntries(scores)).toEqual({
        acc: ['NUMERIC', 0.7, undefined],
        none: ['NUMERIC', 0, undefined],
        Helpfulness: ['CATEGORICAL', 4, 'Very Helpful'],
        'Meets Requirements': ['BOOLEAN', 1, 'True'],
        Range: ['NUMERIC', 5, undefined],
      });
      expect(await python('scores', 'list')).toContain('Total scores: 5');
      expect(await python('score-configs', 'list')).toContain('Total score configs: 3');
    },
  );

  test.skipIf(isMissing)(
    'comments by the library, since the command of CoAiAPy cannot post',
    async () => {
      expect((await walk.tryPython(['fuse', 'comments', 'post', 'x'])).code).toBe(1);
      const code = `from coaiapy.cofuse import post_comment; print(post_comment("Well done", "trace", "${UUID}"))`;
      await walk.library(code);
      const { data } = await read(`/comments?objectType=TRACE&objectId=${UUID}`);
      expect(data).toMatchObject([{ content: 'Well done' }]);
      expect(JSON.parse(await python('comments', 'list')).data).toHaveLength(1);
    },
  );

  test.skipIf(isMissing)(
    'media: CoAiAPy uploads to a list of clouds only, and reads what is there',
    async () => {
      writeFileSync(join(walk.home, 'note.txt'), 'hello media');
      const refused = JSON.parse(await python('media', 'upload', 'note.txt', UUID, '--json'));
      expect((await walk.server.read(`/media/${refused.media_id}`)).status).toBe(404);
      const ours = JSON.parse(
        await walk.coaia(['fuse', 'media', 'upload', 'note.txt', UUID, '--json']),
      );
      expect(ours).toMatchObject({ success: true, media_id: refused.media_id });
      const shown = JSON.parse(await python('media', 'get', ours.media_id, '--json'));
      expect(shown).toMatchObject({ mediaId: ours.media_id, contentLength: 11 });
    },
  );

  test.skipIf(isMissing || version === '0.4.5')(
    'what 0.6 added: versions, sessions, lists, deletes',
    async () => {
      expect(await python('prompts', 'get', 'team/hi', '--version', '1', '-c')).toBe('Hé {{n}}\n');
      expect(JSON.parse(await python('sessions', 'list', '--json')).data.length).toBeGreaterThan(0);
      expect(JSON.parse(await python('sessions', 'get', SESSION))).toMatchObject({ id: SESSION });
      const page = JSON.parse(await python('traces', 'list-observations', '--limit', '2'));
      expect(page).toMatchObject({ data: [{}, {}], meta: { cursor: expect.any(String) } });
      await python('prompts', 'delete', 'team/hi', '--version', '1');
      expect((await walk.server.read('/v2/prompts/team%2Fhi?version=1')).status).toBe(404);
      const code =
        'from coaiapy.cofuse import update_prompt_version_labels as u; print(u("team/hi", 2, ["x"]))';
      expect(JSON.parse(await walk.library(code))).toMatchObject({ labels: ['latest', 'x'] });
      await python('traces', 'delete', UUID);
      expect((await walk.server.read(`/traces/${UUID}`)).status).toBe(404);
      await python('traces', 'delete-batch', SESSION, 'none');
      expect((await walk.server.read(`/traces/${SESSION}`)).status).toBe(404);
    },
  );
});
