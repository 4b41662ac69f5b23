import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { beforeEach, describe, expect, test } from 'vitest';

let home = '';
let cwd = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-authoring-'));
  cwd = join(home, 'work');
  mkdirSync(join(cwd, '.coaia', 'templates'), { recursive: true });
});

const run = (words: string | readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCoaia(words, { home, cwd, env: { PATH: process.env['PATH'], ...env } });
const file = (name: string) => join(cwd, '.coaia', 'templates', name);
const write = (name: string, content: unknown) =>
  writeFileSync(
    file(name),
    typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
  );
const json = async (words: string) => JSON.parse((await run(words)).stdout);

describe('list and show', () => {
  test('the table of the contract; files with --path; broken ones are said', async () => {
    write('mine.json', { name: 'mine', description: 'My own', author: 'Ada', steps: [] });
    write('broken.json', '{');
    const { stdout, stderr } = await run('pipeline list');
    expect(stdout).toMatch(/\| Name +\| Description +\| Version \| Author \|/);
    expect(stdout).toContain('Total templates: 20');
    expect(stderr).toContain('The template broken is broken');
    const listed = await json('pipeline list --path --json');
    expect(listed.find((one: { name: string }) => one.name === 'mine')).toMatchObject({
      description: 'My own',
      version: '1.0',
      author: 'Ada',
      path: file('mine.json'),
    });
    expect((await run('pipeline list --path')).stdout).toContain('(comes with the program)');
  });

  test('variables and steps, preview, JSON, YAML', async () => {
    const { stdout } = await run('pipeline show parallel-processing --preview');
    expect(stdout).toContain('worker_count (number, optional) (default: 3)');
    expect(stdout).toContain('job_name (string, required)');
    expect(stdout).toContain(
      '3. Worker 2 Processing (SPAN) → parent: Parallel Job: {{job_name}} → conditional: worker_count >= 2',
    );
    expect(stdout).toContain('Parallel Job: example_job_name (SPAN)');
    expect(await json('pipeline show simple-trace --json')).toMatchObject({
      name: 'simple-trace',
      source: 'builtin',
      digest: expect.stringMatching(/^sha256:/),
    });
    expect((await run('pipeline show simple-trace --yaml')).stdout).toContain(
      'name: simple-trace\n',
    );
    expect((await run('pipeline show nothing')).code).toBe(1);
  });
});

describe('init', () => {
  test('a minimal one for the user; nothing is replaced without --force', async () => {
    expect((await run('pipeline init mine')).code).toBe(0);
    const path = join(home, '.coaia', 'templates', 'mine.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      name: 'mine',
      author: 'User-created',
      created_at: expect.stringMatching(/Z$/),
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await run('pipeline create mine --dry-run')).code).toBe(0);
    const again = await run('pipeline init mine --format yaml');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('COAIA-5007');
    expect((await run('pipeline init mine --force')).code).toBe(0);
  });

  test('a copy stands alone, a link follows its base', async () => {
    await run('pipeline init copy --from data-pipeline --location project --format yaml');
    await run('pipeline init link --from data-pipeline --location project --link');
    const copy = readFileSync(file('copy.yaml'), 'utf8');
    expect(copy).toContain('derived_from');
    expect(copy).not.toContain('extends');
    expect(JSON.parse(readFileSync(file('link.json'), 'utf8'))).toMatchObject({
      extends: 'data-pipeline',
      steps: [],
    });
    for (const name of ['copy', 'link'])
      expect((await json(`pipeline create ${name} --dry-run --json`)).steps).toHaveLength(5);
    expect((await run('pipeline validate --strict')).stdout).toContain('2 of 2 valid');
  });

  test.each(['../x', 'a/b', '.hidden', ''])('refuses the name %j', async (name) => {
    expect((await run(['pipeline', 'init', name])).code).toBe(2);
  });
});

describe('validate', () => {
  test('text, JSON, JUnit and SARIF; exit code and lines', async () => {
    write(
      'bad.yaml',
      'name: bad\nversion: 1.0.0\nsteps:\n  - name: "{{nobody}}"\n  - name: <B>\n    parent: "x & y"\n',
    );
    const { code, stdout, stderr } = await run('pipeline validate bad');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'error [undefined-variable] line 4, steps.0.name: no variable is called nobody',
    );
    expect(stderr).toContain('COAIA-5011');
    const parsed = JSON.parse((await run('pipeline validate bad --format json')).stdout);
    expect(parsed[0]).toMatchObject({
      name: 'bad',
      valid: false,
      place: '.coaia/templates/bad.yaml',
    });
    const junit = (await run('pipeline validate bad simple-trace --format junit')).stdout;
    expect(junit).toContain('tests="2" failures="1"');
    expect(junit).toContain('x &amp; y');
    const sarif = JSON.parse((await run('pipeline validate bad --format sarif')).stdout);
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: 'undefined-variable',
      level: 'error',
      locations: [{ physicalLocation: { region: { startLine: 4 } } }],
    });
  });

  test('warnings fail under --strict only; a file that cannot be read fails', async () => {
    write('odd.json', { name: 'odd', version: '1.0.0', colour: 1, steps: [{ name: 'S' }] });
    expect((await run('pipeline validate odd')).code).toBe(0);
    expect((await run('pipeline validate odd --strict')).code).toBe(1);
    write('cut.json', '{"name"');
    expect((await run('pipeline validate')).stdout).toContain('1 of 2 valid');
    expect((await run('pipeline validate nothing')).code).toBe(1);
  });
});

describe('test', () => {
  const template = {
    name: 't',
    version: '1.0.0',
    variables: [{ name: 'a' }, { name: 'flag', type: 'boolean', default: false }],
    steps: [
      {
        id: 'root',
        name: 'Root {{a}}',
        observation_type: 'SPAN',
        metadata: { at: '{{now()}}', id: '{{uuid4()}}' },
      },
      {
        name: 'Child',
        parent: 'root',
        conditional: 'flag',
        variables: { input: { a: '{{a}}', b: 1 } },
      },
    ],
  };

  test('cases pass and fail with sentences', async () => {
    write('t.json', template);
    write(
      't.test.yaml',
      `- name: both
  vars: {a: x, flag: true}
  expect:
    count: 2
    steps:
      - {name: Root x, type: SPAN, parent: null}
      - {name: Child, parent: Root x, input: {a: x}}
- name: one
  vars: {a: x}
  expect: {absent: [Child], count: 1}
- name: missing
  expect: {error: a is missing}
- name: wrong
  vars: {a: x, flag: true}
  expect:
    count: 3
    steps: [{name: Child, input: {b: 2}}, {name: Nobody}]
    absent: [Child]
`,
    );
    const { code, stdout } = await run('pipeline test t');
    expect(code).toBe(1);
    expect(stdout).toBe(`ok    both
ok    one
ok    missing
FAIL  wrong
      it makes 2 steps, not 3
      the step "Child": input.b is 1, not 2
      the step "Nobody" is not there
      the step "Child" was to be absent
3 of 4 passed
`);
    expect((await run('pipeline test t --case one')).code).toBe(0);
    expect((await run('pipeline test t --case none')).code).toBe(1);
    expect((await run('pipeline test simple-trace')).stderr).toContain('has no tests');
  });

  test('snapshots are written once, are the same every time, and show what changed', async () => {
    write('t.json', template);
    write('t.test.json', [{ name: 'snap', vars: { a: 'x', flag: true } }]);
    expect((await run('pipeline test t')).stdout).toContain('--update writes it');
    expect((await run('pipeline test t --update')).code).toBe(0);
    expect(readFileSync(file('t.snap.test.json'), 'utf8')).toContain(
      '00000000-0000-4000-8000-000000000001',
    );
    expect((await run('pipeline test t')).code).toBe(0);
    write('t.json', { ...template, steps: [template.steps[0]] });
    const { code, stdout } = await run('pipeline test t');
    expect(code).toBe(1);
    expect(stdout).toContain('snapshot.count is 1, not 2');
  });
});

describe('edit', () => {
  const editor = (script: string) => ({ EDITOR: `sed -i ${script}` });

  test('saves what is valid, and keeps the text of what is not', async () => {
    await run('pipeline init mine --location project');
    const saved = await run('pipeline edit mine', editor('s/Main/Other/'));
    expect([saved.code, readFileSync(file('mine.json'), 'utf8').includes('Other Step')]).toEqual([
      0,
      true,
    ]);
    const bad = await run('pipeline edit mine', editor('s/EVENT/THING/'));
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('observation_type');
    const draft = /your text is in (\S+)\./.exec(bad.stderr)?.[1] ?? '';
    expect(readFileSync(draft, 'utf8')).toContain('THING');
    expect(readFileSync(file('mine.json'), 'utf8')).not.toContain('THING');
    expect((await run('pipeline edit mine', { EDITOR: 'true' })).stderr).toContain(
      'Nothing was changed',
    );
  });

  test('built-in ones are not edited; without an editor nothing happens', async () => {
    expect((await run('pipeline edit simple-trace', editor('s/a/b/'))).stderr).toContain(
      'COAIA-5013',
    );
    await run('pipeline init mine --location project');
    expect((await run('pipeline edit mine')).stderr).toContain('COAIA-5012');
    expect((await run('pipeline edit mine', { EDITOR: 'false' })).stderr).toContain('COAIA-5012');
  });

  test('a change by somebody else in between is not overwritten', async () => {
    await run('pipeline init mine --location project');
    const { code, stderr } = await run('pipeline edit mine', {
      EDITOR: `sh -c 'sed -i s/Main/Mine/ "$0"; sed -i s/Main/Theirs/ ${file('mine.json')}'`,
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('COAIA-5008')]);
    expect(readFileSync(file('mine.json'), 'utf8')).toContain('Theirs');
  });
});

describe('versions', () => {
  test('bump changes the version alone, and keeps the one before when asked', async () => {
    write('v.yaml', '# mine\nname: v # v\nversion: 1.2.3 # now\nsteps:\n  - name: S\n');
    expect((await run('pipeline bump v minor --keep')).stdout).toContain(
      'v is now 1.3.0 (was 1.2.3)',
    );
    expect(readFileSync(file('v.yaml'), 'utf8')).toBe(
      '# mine\nname: v # v\nversion: "1.3.0" # now\nsteps:\n  - name: S\n',
    );
    expect(existsSync(file('v@1.2.3.yaml'))).toBe(true);
    expect(
      (await json('pipeline versions v --json')).map((one: { version: string }) => one.version),
    ).toEqual(['1.3.0', '1.2.3']);
    expect((await json('pipeline show v@~1.2 --json')).version).toBe('1.2.3');
    expect((await run('pipeline bump v sideways')).code).toBe(2);
    expect((await run('pipeline bump simple-trace')).code).toBe(2);
    write('n.json', { name: 'n', steps: [] });
    await run('pipeline bump n major');
    expect((await json('pipeline show n --json')).version).toBe('2.0.0');
  });

  test('diff shows lines, and says by its exit code when asked', async () => {
    await run('pipeline init a --from simple-trace --location project');
    const { stdout, code } = await run('pipeline diff simple-trace a --exit-code');
    expect(code).toBe(1);
    expect(stdout).toContain('- name: simple-trace\n');
    expect(stdout).toContain('+ name: a\n');
    expect((await run('pipeline diff a a --exit-code')).code).toBe(0);
    expect((await json('pipeline diff a a --json')).same).toBe(true);
  });

  test('history of a template that is not in the store is empty', async () => {
    expect((await run('pipeline history simple-trace')).stdout).toContain('No revisions found.');
    expect((await run('pipeline history nothing')).code).toBe(1);
  });
});
