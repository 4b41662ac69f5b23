/** Images that `ao build` writes without an engine, loaded and run with every right taken away. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HARDENED, openEngine } from './engine.ts';
import type { Engine, Finished } from './engine.ts';

const program = fileURLToPath(new URL('../../packages/coaia/dist/ao.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ao-images-'));
const found = openEngine(join(folder, 'engine'));
const reason = 'reason' in found ? found.reason : undefined;
const engine = found as Engine;

/** `prediction = sum(X * slope) + 37.25` for X of two numbers, written with python3-onnx: 179 bytes. */
const MODEL =
  'CAgSBWNvYWlhOqEBChcKAVgKBXNsb3BlEgNyYXciBk1hdE11bAodCgNyYXcKBXN0YXJ0EgpwcmVkaWN0aW9uIgNBZGQSBmxpbmVhcioXCAIIARABQgVzbG9wZUoIAABwwAAAAL0qEQgBEAFCBXN0YXJ0SgQAABVCWhQKAVgSDwoNCAESCQoDEgFuCgIIAmIdCgpwcmVkaWN0aW9uEg8KDQgBEgkKAxIBbgoCCAFCBAoAEA0=';

function runAo(args: readonly string[], cwd: string): Promise<Finished> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd, env, timeout: 90_000 },
      (error, out, err) => resolve({ code: error === null ? 0 : 1, output: `${out}${err}` }),
    );
  });
}

/** Asks inside a container: images have Node and no other program. */
async function ask(container: string, script: string): Promise<unknown> {
  const { output } = await engine.run(['exec', container, '/opt/coaia/bin/node', '-e', script], 20);
  return JSON.parse(output.split('\n')[0] ?? '');
}

const post = (body: unknown) =>
  `fetch('http://127.0.0.1:8000/predict', { method: 'POST', headers: { 'x-api-key': 'k1', 'content-type': 'application/json' }, body: ${JSON.stringify(
    JSON.stringify(body),
  )} }).then((r) => r.text()).then(console.log)`;

const [modelName, apiName] = [`ao-model-${process.pid}`, `ao-api-${process.pid}`];
/** Set when the engine cannot start a container at all, which is nothing that images can mend. */
let obstacle: string | undefined;

describe.skipIf(reason !== undefined || !existsSync(program))(
  `images${reason === undefined ? '' : ` not run: ${reason}`}`,
  () => {
    beforeAll(async () => {
      writeFileSync(join(folder, 'fuel.onnx'), Buffer.from(MODEL, 'base64'));
      mkdirSync(join(folder, 'work'));
      expect(
        await runAo(['init', 'fuel', '--from', '../fuel.onnx'], join(folder, 'work')),
      ).toMatchObject({ code: 0 });
      const built = await runAo(
        ['build', '--no-check', '--engine', 'none'],
        join(folder, 'work/fuel'),
      );
      expect(built).toMatchObject({ code: 0 });
      for (const service of ['model', 'api']) {
        const file = join(folder, `work/fuel/.ao/build/fuel-${service}-service-1.tar`);
        expect(await engine.run(['load', '-i', file])).toMatchObject({ code: 0 });
      }
      const first = await engine.run([
        'run',
        '--rm',
        '--network=none',
        'fuel-model-service:1',
        '--version',
      ]);
      if (first.code !== 0)
        obstacle = `not run: ${engine.name} starts no container: ${first.output.trim()}`;
      if (obstacle !== undefined) return;
      await engine.run([
        'run',
        '-d',
        '--name',
        modelName,
        '--network=none',
        ...HARDENED,
        'fuel-model-service:1',
      ]);
      const command = [
        'serve',
        'gateway',
        '--frozen',
        '--link',
        'grpc',
        '--link-address',
        '127.0.0.1:50051',
      ];
      const shared = ['--network', `container:${modelName}`, '-e', 'AO_API_KEYS=k1', ...HARDENED];
      await engine.run([
        'run',
        '-d',
        '--name',
        apiName,
        ...shared,
        'fuel-api-service:1',
        ...command,
        '--host',
        '0.0.0.0',
        '--port',
        '8000',
      ]);
      await vi.waitFor(
        async () => expect(await probe(apiName, 'http', '8000')).toMatchObject({ code: 0 }),
        { timeout: 20_000, interval: 300 },
      );
    }, 120_000);

    afterAll(async () => {
      await engine.run(['rm', '-f', '-t', '2', apiName, modelName], 30);
      if (engine.name === 'podman') await engine.run(['system', 'reset', '--force'], 60);
      else await engine.run(['rmi', 'fuel-api-service:1', 'fuel-model-service:1'], 60);
      rmSync(folder, { recursive: true, force: true });
    }, 120_000);

    const probe = (container: string, kind: string, port: string) =>
      engine.run(
        [
          'exec',
          container,
          '/opt/coaia/bin/node',
          '/opt/coaia/program/ao.js',
          'serve',
          'health',
          `--${kind}`,
          port,
        ],
        20,
      );

    it('predict through all three tiers', async ({ skip }) => {
      if (obstacle !== undefined) skip(obstacle);
      const answer = await ask(apiName, post({ X: [0, 0] }));
      expect(answer).toMatchObject({ predictions: [37.25], model: 'fuel', version: '1' });
      expect(await ask(apiName, post({ X: ['a'] }))).toMatchObject({ error: { code: 'AO422' } });
    });

    it('are asked for their health by the command in the image', async ({ skip }) => {
      if (obstacle !== undefined) skip(obstacle);
      expect((await probe(modelName, 'grpc', '50051')).code).toBe(0);
      expect((await probe(apiName, 'grpc', '50051')).code).toBe(0);
      expect((await probe(apiName, 'http', '8001')).code).toBe(1);
      const { output } = await engine.run(['image', 'inspect', 'fuel-api-service:1']);
      expect(output).toContain('"health"');
    });

    it('run as nobody, with a root that cannot be written to', async ({ skip }) => {
      if (obstacle !== undefined) skip(obstacle);
      const script = `const fs = require('node:fs');
        const tryTo = (path) => { try { fs.writeFileSync(path, 'x'); return 'written'; } catch (e) { return e.code; } };
        const caps = /CapEff:\\s*(\\w+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1];
        console.log(JSON.stringify({ uid: process.getuid(), caps, root: tryTo('/x'), program: tryTo('/opt/coaia/x'), state: tryTo('/var/lib/coaia/x'), tmp: tryTo('/tmp/x') }))`;
      expect(await ask(modelName, script)).toEqual({
        uid: 65_532,
        caps: '0000000000000000',
        root: 'EROFS',
        program: 'EROFS',
        state: 'written',
        tmp: 'written',
      });
    });

    it('say what they are', async ({ skip }) => {
      if (obstacle !== undefined) skip(obstacle);
      const { output } = await engine.run(['image', 'inspect', 'fuel-model-service:1']);
      const [{ Config }] = JSON.parse(output) as [{ Config: { User: string; Labels: object } }];
      expect(Config.User).toBe('65532:65532');
      expect(Config.Labels).toMatchObject({
        'org.opencontainers.image.version': '1',
        'dev.coaia.project': 'fuel',
        'dev.coaia.models': 'fuel=1',
        'dev.coaia.bundle': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      });
    });

    it('do not answer the network without keys', async ({ skip }) => {
      if (obstacle !== undefined) skip(obstacle);
      const open = await engine.run(
        ['run', '--rm', '--network=none', ...HARDENED, 'fuel-api-service:1'],
        30,
      );
      expect(open.code).not.toBe(0);
      expect(open.output).toContain('AO421');
    });

    it('stop within a second when they are told to', async ({ skip }) => {
      if (obstacle !== undefined) skip(obstacle);
      const begin = performance.now();
      await engine.run(['stop', '-t', '10', apiName]);
      expect(performance.now() - begin).toBeLessThan(5000);
    });
  },
);
