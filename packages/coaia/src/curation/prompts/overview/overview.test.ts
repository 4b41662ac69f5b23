/** What the page shows about prompts, on both databases. */
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromptServer } from '../testing.ts';
import type { PromptServer } from '../testing.ts';
import { addPromptUses } from './testing.ts';

describe.each(openTestDatabases())('the page of prompts over $name', ({ open }) => {
  let db: Database;
  let server: PromptServer;
  let project: string;
  const get = async (path: string) =>
    (await server.send('GET', `/api/v1/projects/${project}/${path}`)).body;
  const setLabels = (name: string, version: number, labels: readonly string[]) =>
    server.send('PUT', `/api/v1/projects/${project}/prompt-labels`, { name, version, labels });

  beforeAll(async () => {
    db = await open();
    server = await openPromptServer(db);
    project = (await server.create('tone', 'Be brief.', { labels: ['production'] })).body.projectId;
    await server.create('support/answer', 'Hello', { commitMessage: 'first', tags: ['help'] });
    await server.create(
      'support/answer',
      '@@@langfusePrompt:name=tone|label=production@@@ Answer {{question}}.',
      { labels: ['production'] },
    );
  });
  afterAll(async () => {
    await server.close();
    await db.close();
  });

  it('lists the versions without their texts, newest first', async () => {
    const answer = await get('prompt-overview?name=support/answer');
    expect(answer).toMatchObject({ name: 'support/answer', type: 'text', includedBy: [] });
    expect(answer.versions).toMatchObject([
      { version: 2, labels: ['latest', 'production'], tags: ['help'], commitMessage: null },
      { version: 1, labels: [], commitMessage: 'first' },
    ]);
    expect(JSON.stringify(answer)).not.toContain('question');
  });

  it('says who includes a prompt, and how', async () => {
    const { includedBy } = await get('prompt-overview?name=tone');
    expect(includedBy).toEqual([
      {
        name: 'support/answer',
        version: 2,
        childName: 'tone',
        childVersion: null,
        childLabel: 'production',
      },
    ]);
  });

  it('draws the graph of the newest versions only', async () => {
    expect(await get('prompt-graph')).toMatchObject({
      nodes: [
        { name: 'support/answer', version: 2 },
        { name: 'tone', version: 1 },
      ],
      edges: [{ name: 'support/answer', childName: 'tone' }],
    });
    await server.create('support/answer', 'No inclusion any more');
    expect(await get('prompt-graph')).toEqual({ nodes: [], edges: [] });
  });

  it('answers 404 for a prompt that does not exist', async () => {
    const answer = await server.send(
      'GET',
      `/api/v1/projects/${project}/prompt-overview?name=nothing`,
    );
    expect([answer.status, answer.body.code]).toEqual([404, 'COAIA-2000']);
  });

  it('gives a version exactly the labels asked for and leaves latest alone', async () => {
    const staged = await setLabels('support/answer', 1, ['staging', 'production']);
    expect(staged.body.labels).toEqual(['production', 'staging']);
    const before = await get('prompt-overview?name=support/answer');
    expect(before.versions.map(({ labels }: { labels: string[] }) => labels)).toEqual([
      ['latest'],
      [],
      ['production', 'staging'],
    ]);
    const back = await setLabels('support/answer', 1, ['production']);
    expect(back.body.labels).toEqual(['production']);
    const gone = await server.send('GET', '/v2/prompts/support%2Fanswer?label=staging');
    expect(gone.status).toBe(404);
    const newest = await setLabels('support/answer', 3, []);
    expect(newest.body.labels).toEqual(['latest']);
  });

  it('writes a prompt as a file and reads it back as the same', async () => {
    const file = await get('prompt-files?name=tone');
    expect(file).toEqual({
      path: 'tone.prompt.yaml',
      text: 'name: tone\ntype: text\nlabels:\n  - production\nprompt: Be brief.\n',
    });
    const read = async (text: string, dryRun: boolean) => {
      const body = { files: [{ path: file.path, text }], dryRun };
      return (await server.send('POST', `/api/v1/projects/${project}/prompt-files`, body)).body
        .files[0];
    };
    expect(await read(file.text, false)).toMatchObject({ name: 'tone', result: 'same' });
    const changed = file.text.replace('brief', 'kind');
    expect(await read(changed, true)).toMatchObject({ result: 'created', version: 2 });
    expect((await get('prompt-overview?name=tone')).versions).toHaveLength(1);
    expect(await read(changed, false)).toMatchObject({ result: 'created', version: 2 });
    expect((await get('prompt-files?name=tone&version=2')).text).toContain('Be kind.');
    expect(await read('prompt: [', true)).toMatchObject({
      result: 'failed',
      reason: expect.stringContaining('is not YAML'),
    });
  });

  it('adds up the scores of what used each version, and names the runs', async () => {
    await addPromptUses(db, project, 'tone');
    const answer = await get('prompt-results?name=tone');
    expect(answer.scores).toEqual([
      { version: 1, name: 'helpful', mean: 0.5, count: 2 },
      { version: 2, name: 'helpful', mean: 0.25, count: 1 },
    ]);
    expect(answer.experiments).toMatchObject([
      { datasetName: 'questions', runName: 'first run', version: 1, itemCount: 1 },
    ]);
    expect(await get('prompt-results?name=support/answer')).toEqual({
      scores: [],
      experiments: [],
    });
  });
});
