import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterAll, expect, it } from 'vitest';
import { command as gateway } from '../processes/commands/gateway.ts';
import { command as host } from '../processes/commands/host.ts';
import { hasOpenssl, makeCertificates } from '../hosts/testing/make-certificates.ts';
import { closeOpened, openHost } from '../hosts/testing/open-host.ts';
import { SERVICES, toCommand } from './image-facts.ts';
import { renderKubernetes } from './kubernetes.ts';
import { findProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'ao-program-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is beside the code that runs, or the last build of a checkout', () => {
  expect(() => findProgram(join(folder, 'src/serving/builds'))).toThrow(
    expect.objectContaining({ code: 'AO504' }),
  );
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/ao.js'), '');
  expect(findProgram(join(folder, 'dist'))).toBe(join(folder, 'dist'));
  expect(findProgram(join(folder, 'src/serving/builds'))).toBe(join(folder, 'dist'));
});

it('is given options that it has', () => {
  for (const service of SERVICES) {
    const [, word, ...options] = toCommand(service);
    const { options: known } = word === 'host' ? host : gateway;
    const names = options.filter((one) => one.startsWith('--')).map((one) => one.slice(2));
    expect(Object.keys(known)).toEqual(expect.arrayContaining(names));
  }
});

it('asks a port that nobody listens on, and is not told that it is ready', async () => {
  const line = (option: string) => runCoaia(`ops serve health ${option} 1`, { home: folder });
  expect((await line('--http')).code).toBe(1);
  expect((await line('--grpc')).code).toBe(1);
});

it('says why it cannot ask, where the settings that name the certificates cannot be read', async () => {
  const cwd = join(folder, 'broken');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'ao.toml'), '[project\n');
  const asked = await runCoaia('ops serve health --grpc 1', { home: folder, cwd });
  expect(asked.code).not.toBe(0);
  expect(asked.stderr).toContain('ao.toml');
});

const openssl = hasOpenssl();
it.skipIf(openssl.skip)(
  `asks a host with certificates over TLS, and over mTLS when it wants to see one${openssl.note}`,
  async () => {
    const { ca, server } = makeCertificates();
    const cwd = join(folder, 'secure');
    mkdirSync(cwd);
    const files = Object.entries({ ...server, ca });
    for (const [name, text] of files) writeFileSync(join(cwd, `${name}.pem`), text);
    const write = (names: readonly string[]) =>
      writeFileSync(
        join(cwd, 'ao.toml'),
        `[project]\nname = "secure"\n[link.tls]\n${names.map((name) => `${name} = "${name}.pem"\n`).join('')}`,
      );
    try {
      for (const names of [
        ['cert', 'key'],
        ['cert', 'key', 'ca'],
      ]) {
        const { host: served } = await openHost({
          tls: names.includes('ca') ? { ...server, ca } : server,
        });
        const ask = () =>
          runCoaia(`ops serve health --grpc ${served.address.split(':')[1]}`, {
            home: folder,
            cwd,
          });
        write([]);
        expect((await ask()).code).toBe(1);
        write(names);
        expect((await ask()).code).toBe(0);
      }
    } finally {
      await closeOpened();
    }
  },
);

it('is what a kubelet runs when the host has certificates', () => {
  const project = { name: 'churn', secrets: [], build: {} };
  const plain = renderKubernetes('model-service', project, '1');
  expect(plain.match(/grpc:\n +port: 50051/gu)).toHaveLength(3);
  const link = { tls: { cert: 'a.pem', key: 'a.key' } };
  const secure = renderKubernetes('model-service', { ...project, link }, '1');
  expect(secure).not.toMatch(/grpc:\n +port/u);
  expect(
    secure.match(/exec:\n +command:\n +- \S+node\n +- \S+ao\.js\n +- serve\n +- health/gu),
  ).toHaveLength(3);
});
