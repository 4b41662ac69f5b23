import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-rules-'));
  await writeFile(join(home, 'one.ts'), 'function evaluate() { return { scores: [] }; }');
  await writeFile(join(home, 'one.json'), '{"name": "one", "sourceFile": "one.ts"}');
  await run('evaluators create -f one.json');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const run = (line: string) => runCoaia(line, { home });

it('a name that two rules have says nothing, an id does', async () => {
  await run('evaluation-rules create twin --evaluator one');
  await run('evaluation-rules create twin --evaluator one');
  const { code, stderr } = await run('evaluation-rules delete twin --yes');
  expect(code).toBe(2);
  expect(stderr).toContain('Several rules are named "twin"');
  const rules = JSON.parse((await run('evaluation-rules list --json')).stdout);
  expect(rules).toHaveLength(2);
  expect((await run(`evaluation-rules delete ${rules[0].id} --yes`)).code).toBe(0);
  expect((await run('evaluation-rules delete twin --yes')).code).toBe(0);
});

it.each(['evaluation-rules create', 'evaluation-rules create x', 'evaluators run one'])(
  '%s says what is missing in words of the command line',
  async (line) => {
    const { code, stderr } = await run(line);
    expect(code).toBe(2);
    expect(stderr).toMatch(/A rule needs a name and evaluators|Nothing says what to evaluate/);
  },
);
