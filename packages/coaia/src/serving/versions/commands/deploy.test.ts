/** `ao eval` and `ao deploy` under the `[model.gate]` of a project, on real versions of an ONNX model. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasOnnx, makeOnnxModel } from '../../testing/fixtures.ts';
import { makeProject } from '../../testing/project-fixture.ts';

const onnx = hasOnnx();
let home = '';
let folder = '';
beforeAll(() => {
  if (onnx.skip) return;
  home = mkdtempSync(join(tmpdir(), 'ao-gate-'));
  folder = join(home, 'twice');
  const rows = Array.from({ length: 160 }, (_, n) => `${n},${n % 7},${n / 2}`);
  makeProject(folder, {
    name: 'twice',
    artifact: makeOnnxModel(home, 'named'),
    examples: ['wt,hp,expected', ...rows].join('\n'),
  });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function setGate(...lines: readonly string[]) {
  const path = join(folder, 'ao.toml');
  const [before = ''] = readFileSync(path, 'utf8').split('[model.inputs');
  const gate = ['[model.inputs.wt]', 'description = "Weight"', '[model.gate]', ...lines];
  writeFileSync(path, `${before}${gate.join('\n')}\n`);
}
const run = (line: string) => runCoaia(`ops ${line}`, { home, cwd: folder });

test.skipIf(onnx.skip)(
  `[model.gate] counts for evaluations and, in the store, for who may answer${onnx.note}`,
  async () => {
    const wrong = await run('deploy --canary 110');
    expect(wrong.stderr).toContain('A canary takes 0 to 100 per cent of the requests, not 110.');
    expect(wrong.stderr).not.toContain('Froze');
    expect(await run('deploy --json')).toMatchObject({ code: 0 });
    setGate('margin = 0.2', 'by = ["wt"]', 'min_examples = 200', 'confidence = 0.99');
    expect((await run('deploy --canary 1')).stderr).toContain(
      'The gate of twice goes by [model.gate] of ao.toml from now on.',
    );
    const { code, stdout, stderr } = await run('eval 2 --examples --margin 0.3 --json');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('`ao deploy` goes by [model.gate] margin = 0.2.'),
    ]);
    const reason = 'The gate asks for 200 examples or more; the evaluation of version 2 has 160.';
    expect(JSON.parse(stdout)).toMatchObject({
      metric: 'mae',
      confidence: 0.99,
      groups: expect.arrayContaining([expect.objectContaining({ field: 'wt' })]),
      gate: { passes: false, reasons: [reason] },
    });
    expect((await run('deploy --to 2')).stderr).toContain(`AO662: ${reason}`);
    const rows = Array.from({ length: 40 }, (_, n) => `${n},1,${n}`);
    writeFileSync(join(home, 'holdout.csv'), ['wt,hp,seen', ...rows].join('\n'));
    expect((await run('eval 2 --file ../holdout.csv --examples')).stderr).toContain('AO686');
    expect((await run('eval 2 --file none.csv')).stderr).toBe(
      'Error AO682: none.csv cannot be read: it does not exist.\nFix: ao eval challenger --file FILE.csv\n',
    );
    expect((await run('eval 2 --file ../holdout.csv --target mpg')).stderr).toContain(
      'holdout.csv has no column "mpg" with what was expected. Columns that are no input: seen.',
    );
    expect((await run('eval 2 --file ../holdout.csv')).stdout).toContain(
      'over 40 examples of holdout.csv',
    );
    expect(await run('eval 2 --examples --json')).toMatchObject({ code: 1 });
    setGate('margin = 0.2', 'by = ["wt"]');
    expect(await run('deploy --to 2')).toMatchObject({ code: 0 });
  },
  60_000,
);
