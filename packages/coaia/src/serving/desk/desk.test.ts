import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFile, stopGateway } from './desk.ts';
import type { DeskPorts, DroppedFile } from './desk.ts';

const [database] = openTestDatabases();

/** Stands in for `ao`: makes the folder, and answers or fails as the name of the model says. */
const PROGRAM = `
const { mkdirSync, writeFileSync } = require('node:fs');
const [word, name] = process.argv.slice(2);
if (word === 'init') {
  mkdirSync(name);
  writeFileSync(name + '/ao.toml', '');
  if (name === 'broken') {
    process.stderr.write(JSON.stringify({ error: 'No model is in there.', code: 'AO209' }) + '\\n');
    process.exit(1);
  }
} else console.log(JSON.stringify(process.cwd().endsWith('mute') ? {} : { url: 'http://127.0.0.1:1' }));
`;

describe('files that are dropped on the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-desk-'));
  const scope = { projectId: 'p', level: 'project', via: 'page' } as const;
  let db: Database;
  let ports: DeskPorts;
  beforeAll(async () => {
    db = await database!.open();
    const program = join(folder, 'ao.cjs');
    writeFileSync(program, PROGRAM);
    const ao = { line: [process.execPath, program], env: { PATH: process.env['PATH'] } };
    ports = { db, clock: Date.now, folder: join(folder, 'deployments'), ao };
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const drop = (fileName: string, more: Partial<DroppedFile> = {}) =>
    deployFile(ports, {
      fileName,
      isTrusted: false,
      bytes: (async function* bytes() {
        yield new Uint8Array([1, 2, 3]);
      })(),
      ...more,
    });
  const listMade = () => (existsSync(ports.folder) ? readdirSync(ports.folder) : []);

  test.each([
    ['notes.txt', {}, 'AO670'],
    ['cars.onnx', { name: 'a b' }, 'AO670'],
    ['cars.joblib', {}, 'AO671'],
    ['cars.RDS', {}, 'AO671'],
    ['broken.onnx', {}, 'AO673'],
  ])('%s %o is refused and leaves nothing', async (fileName, more, code) => {
    await expect(drop(fileName, more)).rejects.toMatchObject({ code });
    expect(listMade()).toEqual([]);
  });

  test('a model is served under its name, once; folders in names count for nothing', async () => {
    expect(await drop('../../cars.joblib', { isTrusted: true })).toMatchObject({
      name: 'cars',
      url: 'http://127.0.0.1:1',
    });
    expect(listMade()).toEqual(['cars']);
    await expect(drop('cars.onnx')).rejects.toMatchObject({ code: 'AO672' });
    expect(listMade()).toEqual(['cars']);
  });

  test('of two files of one name the first stays', async () => {
    const both = await Promise.allSettled([drop('twice.onnx'), drop('twice.onnx')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(listMade()).toContain('twice');
  });

  test('what `ao` says is passed on, and success without an address is none', async () => {
    await expect(drop('broken.onnx')).rejects.toThrow('AO209: No model is in there.');
    await expect(drop('mute.onnx')).rejects.toMatchObject({ code: 'AO673' });
    await expect(stopGateway(ports, scope, 'unknown')).rejects.toMatchObject({ code: 'AO672' });
  });
});
