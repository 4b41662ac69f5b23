import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openS3StandIn } from '../../../blobs/testing/s3-stand-in.ts';

const toPng = (pixels: string) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(pixels)]);
const idOf = (bytes: Uint8Array) =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
const PNG = toPng('a picture');
const ID = idOf(PNG);
const token = (type: string, id = ID) => `@@@langfuseMedia:type=${type}|id=${id}|source=file@@@`;

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-media-'));
  await writeFile(join(home, 'picture.png'), PNG);
});
afterEach(() => rm(home, { recursive: true, force: true }));

const run = async (line: string, env: Record<string, string> = {}) => {
  const result = await runCoaia(line, { home, env });
  const parse = () => JSON.parse(result.stdout) as never;
  return { ...result, parse };
};

describe.each([['a folder'], ['a bucket']])('files in the embedded store, in %s', (place) => {
  let env: Record<string, string> = {};
  let close = async (): Promise<void> => undefined;
  beforeEach(async () => {
    if (place === 'a folder') return;
    const s3 = await openS3StandIn();
    ({ close } = s3);
    env = {
      COAIA_S3_BUCKET: s3.location.bucket,
      COAIA_S3_ENDPOINT: s3.location.endpoint ?? '',
      COAIA_S3_REGION: s3.location.region,
      COAIA_S3_ACCESS_KEY_ID: s3.location.accessKeyId,
      COAIA_S3_SECRET_ACCESS_KEY: s3.location.secretAccessKey,
    };
  });
  afterEach(() => close());

  it('are uploaded, shown, listed and loaded', async () => {
    await run('fuse traces create t1 -n one -i \'{"a":1}\'', env);
    const uploaded = await run('fuse media upload picture.png t1 --json', env);
    expect([uploaded.code, uploaded.stderr]).toEqual([0, '']);
    expect(uploaded.parse()).toEqual({
      success: true,
      media_id: ID,
      media_token: token('image/png'),
      media_data: { mediaId: ID, contentType: 'image/png' },
      message: expect.stringContaining('Uploaded'),
      upload_time_ms: expect.any(Number),
    });
    const trace = (await run('fuse traces trace-view t1 --json', env)).parse() as {
      input: unknown;
    };
    expect(trace.input).toEqual({ a: 1, media: token('image/png') });
    const got = (await run(`fuse media get ${ID} --json`, env)).parse();
    expect(got).toMatchObject({ mediaId: ID, contentType: 'image/png', contentLength: PNG.length });
    const list = (await run('fuse media list --trace-id t1 --json', env)).parse();
    expect(list).toMatchObject({ data: [{ mediaId: ID, traceId: 't1', field: 'input' }] });
    const loaded = await run(`fuse media download ${ID} -o copy.png`, env);
    expect(loaded).toMatchObject({ code: 0, stderr: '' });
    expect((await readFile(join(home, 'copy.png'))).equals(PNG)).toBe(true);
  });

  it('are shown by the items of datasets that refer to them', async () => {
    await run('fuse media upload picture.png t1', env);
    await run('fuse datasets create d', env);
    await run(`fuse dataset-items create d --id i1 -i 'see ${token('image/png')}'`, env);
    const item = (await run('fuse dataset-items get i1 --json', env)).parse() as {
      readonly mediaReferences: readonly { readonly media: { readonly url: string } }[];
    };
    expect(item.mediaReferences).toMatchObject([
      { field: 'input', jsonPath: '$', media: { mediaId: ID } },
    ]);
    const [{ media }] = item.mediaReferences as [(typeof item.mediaReferences)[number]];
    const bytes = media.url.startsWith('file:')
      ? await readFile(new URL(media.url))
      : Buffer.from(await (await fetch(media.url)).arrayBuffer());
    expect(bytes.equals(PNG)).toBe(true);
  });

  it('are not sent twice, and stand in a field once', async () => {
    await run('fuse traces create t1 -i hello', env);
    await run('fuse media upload picture.png t1', env);
    const again = await run('fuse media upload picture.png t1', env);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('stored already') });
    const trace = (await run('fuse traces trace-view t1 --json', env)).parse() as {
      input: unknown;
    };
    expect(trace.input).toBe(`hello\n${token('image/png')}`);
  });
});

describe('the store in this home', () => {
  it('leaves type, start and what was there of a span', async () => {
    await run('fuse traces create t1');
    const time = '2026-01-02T03:04:05Z';
    await run(
      `fuse traces add-observation t1 o1 -ts -n step -i 7 -m '{"k":1}' --start-time ${time}`,
    );
    await run('fuse media upload picture.png t1 -o o1');
    await run('fuse media upload picture.png t1 -o o1 -f metadata');
    await run('fuse media upload picture.png t1 -o o1 -f output');
    const { input, output, metadata, type, startTime, name } = (
      await run('fuse traces get-observation o1 --json')
    ).parse() as Record<string, unknown>;
    expect({ input, output, metadata, type, startTime, name }).toEqual({
      input: [7, token('image/png')],
      output: token('image/png'),
      metadata: { k: 1, media: token('image/png') },
      type: 'SPAN',
      startTime: '2026-01-02T03:04:05.000Z',
      name: 'step',
    });
  });

  it('takes several files, and says which failed', async () => {
    await writeFile(
      join(home, 'talk.m4a'),
      Buffer.concat([Buffer.from('00000020', 'hex'), Buffer.from('ftypM4A ')]),
    );
    await writeFile(join(home, 'odd.ico'), Buffer.from([0, 0, 1, 0, 1]));
    const words = 'fuse media upload picture.png talk.m4a odd.ico missing.png --trace-id t9 --json';
    const { code, stderr, parse } = await run(words);
    expect(code).toBe(5);
    expect(stderr).toContain('missing.png');
    const results = parse() as readonly Record<string, unknown>[];
    expect(results.map(({ success }) => success)).toEqual([true, true, true, false]);
    const types = results.map(({ media_token: text }) => /type=([^|]+)/.exec(String(text))?.[1]);
    expect(types).toEqual(['image/png', 'audio/mp4', 'application/octet-stream', undefined]);
    const trace = (await run('fuse traces trace-view t9 --json')).parse() as { input: string };
    expect(trace.input.split('\n')).toHaveLength(3);
  });

  it('takes an id that begins with a dash after two dashes, and says so', async () => {
    const pictures = Array.from({ length: 1000 }, (_, index) => toPng(String(index)));
    const dashed = pictures.find((bytes) => idOf(bytes).startsWith('-')) ?? PNG;
    await writeFile(join(home, 'picture.png'), dashed);
    await run('fuse media upload picture.png t1');
    const id = idOf(dashed);
    const refused = await run(`fuse media get ${id}`);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`-- ${id}`) });
    const media = (await run(`fuse media get --json -- ${id}`)).parse();
    expect(media).toMatchObject({ mediaId: id });
  });

  it.each([
    ['fuse media upload picture.png', 2],
    ['fuse media upload missing.png t1', 1],
    ['fuse media upload picture.png t1 -o missing', 1],
    ['fuse media upload picture.png t1 -c nonsense', 2],
    ['fuse media get missing', 1],
    ['fuse media download missing', 1],
    ['fuse media list --limit 1000', 2],
  ])('%s ends with %i', async (line, code) => {
    const result = await run(line);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).not.toBe('');
  });

  it('writes no file whose bytes are others', async () => {
    await run('fuse media upload picture.png t1');
    const url = ((await run(`fuse media get ${ID} --json`)).parse() as { url: string }).url;
    await writeFile(new URL(url), randomBytes(PNG.length));
    const { code, stderr } = await run(`fuse media download ${ID} -o copy.png`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('not those of the id')]);
    expect(await readdir(home)).not.toContain('copy.png');
  });
});
