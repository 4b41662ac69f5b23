import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';

const text = (name: string, version: string, step = 'S') =>
  JSON.stringify({
    name,
    version,
    variables: [{ name: 'x', required: false }],
    steps: [{ name: `${step} {{x}}` }],
  });

describe.each(openTestDatabases())('templates of a project on $name', ({ open }) => {
  let server: RoomServer;
  let now = Date.parse('2026-03-01T10:00:00.000Z');
  beforeAll(async () => {
    server = await openRoomServer(await open(), () => (now += 1000));
  });
  afterAll(() => server.close());

  const path = (name = '') => `/api/v1/pipelines${name === '' ? '' : `/${name}`}`;
  const put = (name: string, body: object) => server.send('PUT', path(name), body);

  it('are saved as revisions, read, listed and deleted', async () => {
    const first = await put('mine', { text: text('mine', '1.0.0'), format: 'json' });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      name: 'mine',
      version: '1.0.0',
      source: 'server',
      stepCount: 1,
      problem: null,
      template: { name: 'mine', steps: [{ name: 'S {{x}}', observation_type: 'EVENT' }] },
      versions: [{ revision: 1, version: '1.0.0' }],
      updatedAt: expect.stringMatching(/^2026-03-01T10:/),
    });
    const yaml = 'name: mine\nversion: 1.1.0\nsteps:\n  - name: Y\n';
    const second = await put('mine', { text: yaml, format: 'yaml', baseDigest: first.body.digest });
    expect(second.body).toMatchObject({ version: '1.1.0', format: 'yaml', text: yaml });
    expect(second.body.versions.map((one: { revision: number }) => one.revision)).toEqual([2, 1]);
    const again = await put('mine', { text: yaml, format: 'yaml' });
    expect(again.body.versions).toHaveLength(2);
    const ranged = await server.send('GET', `${path('mine')}?version=~1.0`);
    expect(ranged.body).toMatchObject({ version: '1.0.0', format: 'json' });
    const list = await server.send('GET', path());
    expect(list.body.data).toHaveLength(19);
    expect(list.body.data[0]).toMatchObject({ name: 'mine', source: 'server', version: '1.1.0' });
    expect(list.body.data[1]).toMatchObject({
      name: 'simple-trace',
      source: 'builtin',
      updatedAt: null,
    });
    expect((await server.send('DELETE', path('mine'))).body).toEqual({ deleted: 2 });
    expect((await server.send('GET', path('mine'))).status).toBe(404);
  });

  it('are refused when somebody saved in between', async () => {
    const first = await put('race', { text: text('race', '1.0.0'), format: 'json' });
    await put('race', {
      text: text('race', '1.0.1'),
      format: 'json',
      baseDigest: first.body.digest,
    });
    const late = await put('race', {
      text: text('race', '1.0.2'),
      format: 'json',
      baseDigest: first.body.digest,
    });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'COAIA-5008' });
  });

  it('of many at once none is lost', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        put('many', { text: text('many', `1.0.${index}`), format: 'json' }),
      ),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await server.send('GET', path('many'))).body.versions).toHaveLength(8);
  });

  it.each([
    ['a broken text', 'x', { text: '{"name": "x", ', format: 'json' }, 'COAIA-5001'],
    ['another name inside', 'x', { text: text('y', '1.0.0'), format: 'json' }, 'COAIA-5001'],
    [
      'a missing base',
      'x',
      { text: '{"name": "x", "extends": "nobody"}', format: 'json' },
      'COAIA-5004',
    ],
    ['a name that is a path', '..%2Fx', { text: text('x', '1.0.0'), format: 'json' }, 'COAIA-5002'],
    ['another form', 'x', { text: 'x', format: 'toml' }, undefined],
    ['no text', 'x', { format: 'json' }, undefined],
  ])('%s is refused', async (_, name, body, code) => {
    const answer = await put(name, body);
    expect(answer.status).toBe(400);
    if (code !== undefined) expect(answer.body.code).toBe(code);
  });

  it('hide the built-in one of the same name, and are found by those that extend them', async () => {
    await put('simple-trace', { text: text('simple-trace', '9.0.0', 'Mine'), format: 'json' });
    await put('child', {
      text: '{"name": "child", "version": "1.0.0", "extends": "simple-trace@^9"}',
      format: 'json',
    });
    const child = await server.send('GET', path('child'));
    expect(child.body.template.steps).toEqual([{ name: 'Mine {{x}}', observation_type: 'EVENT' }]);
    expect((await server.send('DELETE', path('simple-trace'))).body).toEqual({ deleted: 1 });
    // Its base is gone: it is listed as broken, and still there.
    const broken = await server.send('GET', path('child'));
    expect(broken.body).toMatchObject({
      problem: expect.stringContaining('extends'),
      template: null,
    });
    expect((await server.send('DELETE', path('simple-trace'))).body.code).toBe('COAIA-5013');
  });

  it('are checked and previewed without being stored', async () => {
    const draft = {
      text: '{"name": "d", "version": "1.0.0",\n"steps": [{"name": "{{nobody}}"}]}',
      format: 'json',
    };
    const { body } = await server.send('POST', path('validate'), draft);
    expect(body.problems).toEqual([
      expect.objectContaining({ severity: 'error', code: 'undefined-variable', line: 2 }),
    ]);
    const preview = await server.send('POST', path('preview'), {
      name: 'data-pipeline',
      variables: { processing_steps: 'load' },
    });
    expect(
      preview.body.steps.map((one: { name: string; kept: boolean }) => [one.name, one.kept]),
    ).toEqual([
      ['Data Processing Pipeline', true],
      ['Load Data', true],
      ['Validate Data', false],
      ['Transform Data', false],
      ['Export Results', false],
    ]);
    const wrong = await server.send('POST', path('preview'), { name: 'simple-trace' });
    expect(wrong.body).toMatchObject({ code: 'COAIA-5003' });
    const own = await server.send('POST', path('preview'), {
      text: text('z', '1.0.0'),
      format: 'json',
      variables: { x: 'y' },
    });
    expect(own.body.steps[0].name).toBe('S y');
    expect((await server.send('GET', path('z'))).status).toBe(404);
    expect((await server.send('POST', path('preview'), {})).status).toBe(400);
  });

  it('show no secret in previews and lists', async () => {
    await put('hidden', {
      text: JSON.stringify({
        name: 'hidden',
        version: '1.0.0',
        variables: [{ name: 'token', secret: true }],
        steps: [
          {
            name: 'S',
            action: 'llm',
            with: { prompt: '{{token}}' },
            variables: { input: 'x {{token}}' },
          },
        ],
      }),
      format: 'json',
    });
    const preview = await server.send('POST', path('preview'), {
      name: 'hidden',
      variables: { token: 'swordfish' },
    });
    expect(preview.status).toBe(200);
    expect(JSON.stringify(preview.body)).not.toContain('swordfish');
  });

  it('belong to one project', async () => {
    await put('ours', { text: text('ours', '1.0.0'), format: 'json' });
    expect((await server.sendAsOther('GET', path('ours'))).status).toBe(404);
    expect((await server.sendAsOther('DELETE', path('ours'))).status).toBe(404);
    const list = await server.sendAsOther('GET', path());
    expect(list.body.data.every((one: { source: string }) => one.source === 'builtin')).toBe(true);
  });
});
