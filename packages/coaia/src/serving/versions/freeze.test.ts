import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeProject } from '../testing/project-fixture.ts';
import type { Project } from '../projects/project.ts';
import type { SignatureReport } from '../signatures/read-signature.ts';
import { readManifest, verifyVersion } from './folder.ts';
import { freezeVersion } from './freeze.ts';

const REPORT = {
  signature: { inputs: [], outputs: [], task: 'other', example: {} },
  style: 'object',
  platform: 'python_sklearn',
  findings: [],
} as unknown as SignatureReport;

let folder = '';
let project: Project;
const model = () => project.models[0]!;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coaia-freeze-'));
  writeFileSync(join(folder, 'fitted.pkl'), 'cposix\nsystem\n');
  project = makeProject(join(folder, 'cars'), { artifact: join(folder, 'fitted.pkl') });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const artifact = () => join(project.folder, 'model-service/artifacts/fitted.pkl');

test('two who freeze at the same time get two numbers', async () => {
  const rules = (['reject', 'pass'] as const).map((onNa) => ({ ...model().rules, onNa }));
  const made = await Promise.all(
    rules.map((one) => freezeVersion(project, { ...model(), rules: one }, { report: REPORT })),
  );
  expect(new Set(made.map(({ manifest }) => manifest.version))).toEqual(new Set([1, 2]));
  for (const { folder: place, manifest } of made)
    expect((await readManifest(place)).rules).toEqual(manifest.rules);
});

test('a file that changes meanwhile makes no version', async () => {
  const options = {
    // Read after the files were hashed.
    get report() {
      writeFileSync(artifact(), 'other contents');
      return REPORT;
    },
  };
  await expect(freezeVersion(project, model(), options)).rejects.toMatchObject({ code: 'AO667' });
  expect((await freezeVersion(project, model(), { report: REPORT })).manifest.version).toBe(1);
});

test('a model whose file is gone is no version, and the sentence names it', async () => {
  rmSync(artifact());
  const options = { isTrusted: () => true };
  await expect(freezeVersion(project, model(), options)).rejects.toMatchObject({
    code: 'AO667',
    message: /AO209: There is no .*fitted.pkl/,
  });
});

test('a version that came with the folder opens nothing that is not trusted', async () => {
  const { folder: place } = await freezeVersion(project, model(), { report: REPORT });
  const again = () => freezeVersion(project, model(), { isTrusted: () => false });
  await expect(again()).rejects.toMatchObject({ code: 'AO667', message: /AO303/ });
  const trusted = await freezeVersion(project, model(), { isTrusted: () => true });
  expect(trusted.isNew).toBe(false);
  // It says that it was made from these files, and has others.
  const path = join(place, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(
    path,
    JSON.stringify({ ...manifest, files: { 'artifact/fitted.pkl': 'f'.repeat(64) } }),
  );
  expect((await freezeVersion(project, model(), { report: REPORT })).manifest.version).toBe(2);
});

test('a version with more code than it had, or with names that lead out of it, is not served', async () => {
  const { folder: place, manifest } = await freezeVersion(project, model(), { report: REPORT });
  writeFileSync(join(place, 'artifact/Rplots.pdf'), '');
  await verifyVersion(place, manifest);
  writeFileSync(join(place, 'artifact/pandas.py'), '');
  await expect(verifyVersion(place, manifest)).rejects.toThrow('was added');
  const wrong = { ...manifest, files: { 'code/../../../x': 'f'.repeat(64) } };
  writeFileSync(join(place, 'manifest.json'), JSON.stringify(wrong));
  await expect(readManifest(place)).rejects.toMatchObject({ code: 'AO664' });
});
