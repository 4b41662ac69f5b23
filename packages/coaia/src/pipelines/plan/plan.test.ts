import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runCoaia } from '#cli/testing';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-plan-'));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const FILES = {
  'greet.prompt.yaml': 'name: greet\ntype: text\nlabels: [production]\nprompt: Hello {{name}}\n',
  'quality.score-configs.json': '[{"name":"quality","dataType":"NUMERIC","minValue":0}]',
  'cases.dataset.yaml':
    'name: cases\nitems:\n  - input: {q: 1}\n    expectedOutput: 2\n  - id: own\n    input: b\n',
  'templates/mine.json': '{"name":"mine","version":"1.0.0","steps":[{"name":"One"}]}',
};

function write(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
}

async function run(line: string) {
  const { code, stdout, stderr } = await runCoaia(line, { home });
  return { code, stderr, lines: stdout.trimEnd().split('\n') };
}

interface Line {
  readonly kind: string;
  readonly name: string;
  readonly result: string;
}

async function results(line: string) {
  const { stdout } = await runCoaia(`${line} --json`, { home });
  const lines = JSON.parse(stdout) as readonly Line[];
  return Object.fromEntries(lines.map(({ kind, name, result }) => [`${kind} ${name}`, result]));
}

describe('plan and deploy', () => {
  it('make a project as a folder describes it, once', async () => {
    write(FILES);
    const planned = await run('pipeline plan --detailed-exitcode');
    expect(planned.code).toBe(2);
    expect(planned.lines.at(-1)).toBe('4 to create.');
    expect((await run('pipeline plan')).code).toBe(0);

    expect(await results('pipeline deploy --label staging')).toStrictEqual({
      'score-config quality': 'created',
      'dataset cases': 'created',
      'prompt greet': 'created',
      'template mine': 'created',
    });
    const again = await run('pipeline plan --label staging --detailed-exitcode');
    expect([again.code, again.lines.at(-1)]).toStrictEqual([0, '4 same.']);
    const { stdout } = await runCoaia('prompts get greet --json', { home });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      labels: ['latest', 'production', 'staging'],
    });
  });

  it('show what differs and change only that', async () => {
    write(FILES);
    await run('pipeline deploy');
    write({
      'greet.prompt.yaml': FILES['greet.prompt.yaml'].replace('Hello', 'Bye'),
      'quality.score-configs.json': '[{"name":"quality","dataType":"NUMERIC","minValue":2}]',
      'cases.dataset.yaml': FILES['cases.dataset.yaml'].replace('input: b', 'input: c'),
      'templates/mine.json': FILES['templates/mine.json'].replace('One', 'Two'),
    });
    const { lines } = await run('pipeline plan');
    expect(lines).toStrictEqual([
      'update  score-config quality  (quality.score-configs.json)',
      '    minValue: 0 -> 2',
      'update  dataset cases  (cases.dataset.yaml)',
      '    1 changed item',
      'update  prompt greet  (greet.prompt.yaml)',
      '    - Hello {{name}}',
      '    + Bye {{name}}',
      'update  template mine  (templates/mine.json)',
      '    - {"name":"mine","version":"1.0.0","steps":[{"name":"One"}]}',
      '    + {"name":"mine","version":"1.0.0","steps":[{"name":"Two"}]}',
      '4 to update.',
    ]);
    expect(Object.values(await results('pipeline deploy'))).toStrictEqual(
      Array.from({ length: 4 }, () => 'updated'),
    );
    expect((await run('pipeline plan')).lines.at(-1)).toBe('4 same.');
  });

  it('store no half of a dataset', async () => {
    const schema = 'inputSchema: {type: string}\n';
    const items = 'items:\n  - {id: a, input: fits}\n  - {id: b, input: [does, not]}\n';
    write({ 'cases.dataset.yaml': `name: cases\n${schema}${items}` });
    const failed = await run('pipeline deploy');
    expect([failed.code, failed.lines[1]]).toStrictEqual([
      1,
      expect.stringContaining('Item 2 does not fit'),
    ]);
    expect((await run('datasets get cases')).code).toBe(1);
    write({ 'cases.dataset.yaml': `name: cases\n${items}` });
    expect((await run('pipeline deploy')).code).toBe(0);
    write({ 'cases.dataset.yaml': `name: cases\n${schema}${items.replace('fits', 'other')}` });
    expect((await run('pipeline deploy')).code).toBe(1);
    const { stdout } = await runCoaia('datasets get cases --json', { home });
    expect(stdout).not.toContain('other');
    expect(JSON.parse(stdout)).toMatchObject({ inputSchema: null });
  });

  it('take away what no file describes only when told to, and ask', async () => {
    write(FILES);
    await run('pipeline deploy');
    await run('prompts create stray Text');
    expect((await run('pipeline plan')).lines.at(-1)).toBe('4 same.');
    expect(await results('pipeline plan --prune')).toMatchObject({ 'prompt stray': 'delete' });
    const asked = await run('pipeline deploy --prune');
    expect([asked.code, asked.stderr]).toStrictEqual([2, expect.stringContaining('COAIA-0504')]);
    expect(await results('pipeline deploy --prune --yes')).toMatchObject({
      'prompt stray': 'deleted',
    });
    expect((await run('pipeline plan --prune')).lines.at(-1)).toBe('4 same.');
  });

  it('deploy what needs each other in any order, and go on after a failure', async () => {
    write({
      'a.prompt.yaml': 'name: a\nprompt: "x @@@langfusePrompt:name=b|label=production@@@"\n',
      'b.prompt.yaml': 'name: b\nlabels: [production]\nprompt: included\n',
      'templates/child.json': '{"name":"child","extends":"parent","steps":[]}',
      'templates/parent.json': '{"name":"parent","steps":[{"name":"One"}]}',
    });
    expect(Object.values(await results('pipeline deploy'))).toStrictEqual(
      Array.from({ length: 4 }, () => 'created'),
    );
    write({ 'templates/broken.json': '{"name":"broken","extends":"nowhere","steps":[]}' });
    write({ 'c.prompt.yaml': 'name: c\nprompt: fine\n' });
    const partial = await run('pipeline deploy --junit out/report.xml --summary summary.md');
    expect(partial.code).toBe(5);
    expect(partial.lines).toContain('failed  template broken  (templates/broken.json)');
    expect(readFileSync(join(home, 'out/report.xml'), 'utf8')).toContain(
      '<testcase classname="template" name="broken"><failure message="The template broken extends nowhere',
    );
    expect(readFileSync(join(home, 'summary.md'), 'utf8')).toContain('| created | prompt | c |');
  });

  it.each([
    ['nothing', {}, /COAIA-5300: The folder .* describes nothing/],
    [
      'a broken dataset',
      { 'a.dataset.yaml': 'items: []' },
      /COAIA-5301: a.dataset.yaml describes no dataset: it has no name/,
    ],
    [
      'one thing twice',
      { 'a.prompt.yaml': 'name: x\nprompt: a', 'b.prompt.yaml': 'name: x\nprompt: b' },
      /COAIA-5302: The prompt x is described twice/,
    ],
  ])('refuse %s', async (_what, files, message) => {
    write(files);
    const { code, stderr } = await run('pipeline deploy');
    expect([code, stderr]).toStrictEqual([1, expect.stringMatching(message)]);
  });

  it('plan the example as it stands', async () => {
    const path = fileURLToPath(new URL('../../../../../examples/ci/project', import.meta.url));
    const { code, lines } = await run(`pipeline plan --path ${path}`);
    expect([code, lines.at(-1)]).toStrictEqual([0, '4 to create.']);
  });

  it('use the profile that --to names', async () => {
    write(FILES);
    await runCoaia('config set langfuse_base_url http://127.0.0.1:9 --profile far', { home });
    const { code, stderr } = await run('pipeline plan --to far');
    expect([code, stderr]).toStrictEqual([3, expect.stringContaining('COAIA-0211')]);
  });
});
