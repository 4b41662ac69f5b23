import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildProject } from './build-project.ts';
import { makeEngine, makeFrozenProject } from './testing/frozen-project.ts';
import type { FrozenFixture } from './testing/frozen-project.ts';

// Node is compressed once for the whole file.
const layers = mkdtempSync(join(tmpdir(), 'ao-layers-'));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ao-build-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(layers, { recursive: true, force: true }));

type Options = Parameters<typeof buildProject>[2];

function build(
  input: Omit<FrozenFixture, 'folder'> = {},
  options: Partial<Options> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const { project, ports } = makeFrozenProject({ folder, ...input });
  const places = { ...ports.places, layers };
  const own = { ...ports, places, env: { ...ports.env, ...env } };
  return buildProject(own, project, { engine: 'none', ...options });
}

const read = (file: string) => readFileSync(file);
const unpack = (file: string) => gunzipSync(read(file)).toString('latin1');

describe('without an engine', () => {
  it('two builds are the same bytes, on another day and in another folder', async () => {
    const first = await build();
    const before = [first.bundle.file, ...first.images.map(({ file }) => file ?? '')].map(read);
    rmSync(folder, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'ao-build-elsewhere-'));
    const second = await build();
    const after = [second.bundle.file, ...second.images.map(({ file }) => file ?? '')].map(read);
    expect(before.map((bytes, index) => bytes.equals(after[index] ?? Buffer.from('')))).toEqual([
      true,
      true,
      true,
    ]);
    expect(second.bundle.digest).toBe(first.bundle.digest);
    expect(second.tag).toBe('3');
    expect(second.images.map(({ name }) => name)).toEqual([
      'churn-api-service:3',
      'churn-model-service:3',
    ]);
  }, 60_000);

  it('the bundle is a project, with no path of this machine', async () => {
    const { bundle } = await build({ language: 'python' }, {}).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'AO503' });
      return { bundle: { file: join(folder, 'out/churn-3.tar.gz') } };
    });
    const text = unpack(bundle.file);
    for (const path of ['ao.toml', '.ao/traffic.json', 'versions/3/manifest.json', 'openapi.json'])
      expect(text).toContain(path);
    expect(text).toContain('"path": "python3"');
    expect(text).not.toContain('/somewhere/on');
    expect(text).not.toContain(folder);
  });

  it('an image is a layout that other tools read, and its layers are what it says', async () => {
    const { images } = await build();
    const names = execFileSync('tar', ['-tf', images[0]?.file ?? ''], { encoding: 'utf8' });
    for (const name of ['oci-layout', 'index.json', 'manifest.json', 'blobs/sha256/'])
      expect(names).toContain(name);
    const get = (name: string) =>
      execFileSync('tar', ['-xOf', images[0]?.file ?? '', name], { maxBuffer: 1 << 28 });
    const [{ Config, Layers }] = JSON.parse(get('manifest.json').toString()) as [
      { Config: string; Layers: string[] },
    ];
    const config = JSON.parse(get(Config).toString()) as {
      config: Record<string, unknown>;
      rootfs: { diff_ids: string[] };
    };
    expect(config.config).toMatchObject({ User: '65532:65532', Volumes: { '/tmp': {} } });
    expect(config.rootfs.diff_ids).toHaveLength(3);
    // The gateway gets no fitted model.
    const project = gunzipSync(get(Layers.at(-1) ?? '')).toString('latin1');
    expect(project).toContain('versions/3/manifest.json');
    // The manifest names it; the file itself is no entry.
    expect(project).not.toContain('artifact/model.onnx\0');
    const program = gunzipSync(get(Layers.at(-2) ?? '')).toString('latin1');
    expect(program).toContain('ao.js');
    expect(program).not.toContain('web/index.html');
  });

  it('the value of a secret stops it before anything is written', async () => {
    const secrets = [{ name: 'PASSWORD' }];
    const files = { 'code/model.py': 'connect("hunter2-hunter2")' };
    const env = { PASSWORD: 'hunter2-hunter2' };
    await expect(build({ secrets, files }, {}, env)).rejects.toMatchObject({
      code: 'AO507',
      message: expect.stringContaining('code/model.py contains the value of the secret PASSWORD'),
    });
    expect(existsSync(join(folder, 'out'))).toBe(false);
    rmSync(join(folder, 'project'), { recursive: true });
    const { images } = await build({ secrets, files: { 'artifact/m.onnx': 'm' } }, {}, env);
    for (const { file } of images)
      expect(read(file ?? '').toString('latin1')).not.toContain('hunter2-hunter2');
  });

  it('says which base a model in Python needs', async () => {
    await expect(build({ language: 'python' })).rejects.toMatchObject({
      code: 'AO503',
      message: expect.stringContaining('needs Python'),
    });
    await expect(build({ language: 'r', build: { base: 'rocker/r-ver:4' } })).rejects.toMatchObject(
      { code: 'AO503', message: expect.stringContaining('skopeo copy') },
    );
    await expect(build({ language: 'r' }, { engine: 'auto' })).rejects.toMatchObject({
      code: 'AO501',
      message: expect.stringContaining('No container engine found'),
    });
  });

  it('puts Node, program and versions on a root folder, and refuses what is none', async () => {
    const base = join(folder, 'base.tar');
    execFileSync('sh', ['-c', 'mkdir -p r/usr/bin && echo x > r/usr/bin/python3'], { cwd: folder });
    execFileSync('tar', ['-C', join(folder, 'r'), '-cf', base, '.']);
    const { images } = await build({ language: 'python', build: { base } });
    const listed = execFileSync('tar', ['-tf', images[1]?.file ?? ''], { encoding: 'utf8' });
    expect(listed.match(/blobs\/sha256\/\w{64}/g)).toHaveLength(4 + 2);
    writeFileSync(base, 'no archive at all');
    await expect(build({ language: 'python', build: { base } })).rejects.toMatchObject({
      code: 'AO506',
    });
  });

  it('AO508: a tag that no engine takes is refused before anything is made', async () => {
    for (const tag of ['v1.0+b5', '../../x', '.5', 'a b', '', 'x'.repeat(129)])
      await expect(build({}, { tag })).rejects.toMatchObject({ code: 'AO508' });
    await expect(build({}, { tag: 'v1.0+b5' })).rejects.toMatchObject({
      hint: 'ao build --tag v1.0-b5',
    });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('makes images for this machine only, but the bundle for all', async () => {
    await expect(build({}, { platform: 'plan9/mips' })).rejects.toMatchObject({ code: 'AO505' });
    expect(existsSync(join(folder, 'out/churn-3.tar.gz'))).toBe(true);
  });
});

describe('with an engine', () => {
  const ANSWER = 'case "$1" in image|inspect) echo sha256:abc123;; esac';
  const calls = () => readFileSync(join(folder, 'bin/calls'), 'utf8');

  it('takes the first that answers, and fills its build folder', async () => {
    makeEngine(folder, 'docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
    makeEngine(folder, 'podman', ANSWER);
    const { images } = await build(
      { language: 'python', build: { base: 'python:3.11', systemPackages: ['libgomp1'] } },
      { engine: 'auto' },
    );
    expect(images).toMatchObject([
      { engine: 'podman', digest: 'abc123' },
      { engine: 'podman', name: 'churn-model-service:3' },
    ]);
    expect(calls()).toContain('--build-arg BASE=python:3.11 --build-arg SYSTEM_PACKAGES=libgomp1');
    expect(calls()).toContain('--label dev.coaia.models=churn=3');
    const context = join(folder, 'project/.ao/build/context/model-service');
    expect(readFileSync(join(context, 'lock/requirements.txt'), 'utf8')).toBe(
      'numpy==1.24.2\nscikit-learn==1.2.1\n',
    );
    expect(existsSync(join(context, 'runtime/opt/coaia/bin/node'))).toBe(true);
    expect(existsSync(join(context, 'project/.ao/models/churn/versions/3'))).toBe(true);
  });

  it('shows the end of what the engine said, and how to repeat it', async () => {
    const fail = 'case "$1" in bud|build) echo "no space left"; exit 125;; esac';
    makeEngine(folder, 'buildah', fail);
    await expect(build({}, { engine: 'buildah' })).rejects.toMatchObject({
      code: 'AO502',
      message: expect.stringContaining('no space left'),
      hint: expect.stringContaining('buildah build --format docker --file'),
    });
  });

  it('says when the one that was asked for is not there or does not answer', async () => {
    await expect(build({}, { engine: 'podman' })).rejects.toMatchObject({
      code: 'AO501',
      message: 'podman is not on PATH.',
    });
    makeEngine(folder, 'docker', 'echo "Is the docker daemon running?" >&2; exit 1');
    await expect(build({}, { engine: 'docker' })).rejects.toMatchObject({
      code: 'AO501',
      message: expect.stringContaining('Is the docker daemon running?'),
    });
  });
});
