/** Secrets that ao.toml names reach the model's code, and nothing else of the environment does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { WorkerLine } from '../runtimes/runtime.ts';
import { hasPython } from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import { freezeVersion } from '../versions/freeze.ts';
import { openPipe } from './open-link.ts';

const { skip, note } = hasPython();
const folder = mkdtempSync(join(tmpdir(), 'coaia-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CODE = `"""Says what it sees."""

import os

KEY = os.environ["KEY"]
print("key is", KEY)


def predict(a: float) -> str:
    return " ".join(os.environ.get(name, "-") for name in ("KEY", "TOKEN", "GONE", "OTHER"))
`;

test.skipIf(skip)(`values come from files and from the environment${note}`, async () => {
  const project = {
    ...makeProject(folder, { name: 'seer', code: CODE, examples: 'a\n1\n' }),
    secrets: [{ name: 'KEY', file: 'key.txt' }, { name: 'TOKEN', env: 'HERE' }, { name: 'GONE' }],
  };
  writeFileSync(join(folder, 'key.txt'), 'from-a-file\n');
  const [model] = project.models;
  if (model === undefined) throw new Error('no model');
  await freezeVersion(project, model);
  const lines: WorkerLine[] = [];
  const missing: string[] = [];
  const link = openPipe(project, {
    onLine: (line) => lines.push(line),
    onMissing: (text) => missing.push(text),
    isSandboxed: 'auto',
    env: { HERE: 'from-outside', TOKEN: 'not this', OTHER: 'not named', KEY: 'nor this' },
  });
  try {
    const columns = [
      { name: 'a', datatype: 'FP64', shape: [1], data: Float64Array.of(1) },
    ] as const;
    const asked = { rows: 1, columns };
    const { outputs } = await link.predict({ model: 'seer' }, asked, { requestId: 'a' });
    expect(outputs[0]?.data).toEqual(['from-a-file from-outside - -']);
    await expect.poll(() => lines.map(({ text }) => text)).toContain('key is ***');
    expect(missing).toEqual([
      'The secret GONE has no value here: the variable GONE is not set (ao explain AO602).',
    ]);
  } finally {
    await link.close();
  }
});
