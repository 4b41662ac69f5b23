import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBase } from './base-image.ts';
import { toImageConfig } from './image.ts';
import { writeLayer } from './layers.ts';
import { writeImage } from './write-image.ts';

const folder = mkdtempSync(join(tmpdir(), 'ao-base-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const platform = 'linux/amd64';

it('reads the layers and variables of an archive, of its folder, and of a docker archive', async () => {
  const layer = await writeLayer(folder, [{ path: 'usr/x', content: Buffer.from('x') }], 'base');
  const config = toImageConfig({
    service: 'model-service',
    layers: [layer],
    baseEnv: ['LANG=C.UTF-8', 'PATH=/venv/bin:/usr/bin'],
    labels: {},
    platform,
    createdAt: '1970-01-01T00:00:00Z',
  });
  const { file } = await writeImage(join(folder, 'base.tar'), 'base:1', config, [layer]);
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  execFileSync('tar', ['-xf', file, '-C', unpacked]);
  const docker = join(folder, 'docker.tar');
  execFileSync('tar', ['-cf', docker, '-C', unpacked, 'manifest.json', 'blobs']);
  for (const [index, path] of [file, unpacked, docker].entries()) {
    const base = await readBase(path, platform, join(folder, `scratch-${index}`));
    expect(base.env).toEqual(
      expect.arrayContaining(['LANG=C.UTF-8', 'PATH=/opt/coaia/bin:/venv/bin:/usr/bin']),
    );
    expect(base.layers).toMatchObject([
      { digest: layer.digest, contentDigest: layer.contentDigest, isCompressed: true },
    ]);
  }
});

it('says what is wrong with what is no base', async () => {
  const read = (path: string) => readBase(path, platform, join(folder, 'scratch'));
  await expect(read(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'AO506' });
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  await expect(read(empty)).rejects.toMatchObject({ code: 'AO506' });
  writeFileSync(join(empty, 'file'), 'x');
  execFileSync('tar', ['-cf', join(folder, 'files.tar'), '-C', empty, 'file']);
  await expect(read(join(folder, 'files.tar'))).rejects.toMatchObject({
    message: expect.stringContaining('neither an image nor a root folder'),
  });
  writeFileSync(
    join(empty, 'manifest.json'),
    JSON.stringify([{ Config: '../config.json', Layers: ['../../home/key'] }]),
  );
  execFileSync('tar', ['-cf', join(folder, 'out.tar'), '-C', empty, 'manifest.json']);
  await expect(read(join(folder, 'out.tar'))).rejects.toMatchObject({
    message: expect.stringContaining('outside of itself: ../config.json'),
  });
  const zstd = { manifests: [{ digest: `sha256:${'a'.repeat(64)}` }] };
  writeFileSync(join(empty, 'index.json'), JSON.stringify(zstd));
  mkdirSync(join(empty, 'blobs/sha256'), { recursive: true });
  const layers = [{ digest: 'sha256:b', mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd' }];
  const image = { config: { digest: 'sha256:c' }, layers };
  writeFileSync(join(empty, 'blobs/sha256', 'a'.repeat(64)), JSON.stringify(image));
  await expect(read(empty)).rejects.toMatchObject({ message: expect.stringContaining('zstd') });
});
