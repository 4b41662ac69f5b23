import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterAll, expect, it } from 'vitest';
import { command as gateway } from '../processes/commands/gateway.ts';
import { command as host } from '../processes/commands/host.ts';
import { SERVICES, toCommand } from './image-facts.ts';
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
