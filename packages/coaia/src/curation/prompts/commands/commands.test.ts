/** The commands over the embedded store, as a person types them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import type { RunOptions } from '#cli/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-prompts-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = (line: string | readonly string[], options: RunOptions = {}) =>
  runCoaia(line, { home, ...options });

/** stdout of a line that must succeed. */
async function print(line: string | readonly string[], options: RunOptions = {}) {
  const { code, stdout, stderr } = await run(line, options);
  if (code !== 0) throw new Error(`${String(line)}: ${code} ${stderr}`);
  return stdout;
}

describe('a prompt made, versioned and labelled', () => {
  test('says after each step where things stand', async () => {
    expect(
      await print([
        'prompts',
        'create',
        'greet',
        '--text',
        'Greet {{name}} in English.',
        '--label',
        'production',
      ]),
    ).toBe('greet v1  labels: latest, production\n');
    expect(
      await print([
        'prompts',
        'create',
        'greet',
        '--text',
        'Greet {{name}} warmly in English, in at most {{n}} words.',
      ]),
    ).toBe('greet v2  labels: latest   (production stays on v1)\n');
    expect(await print('prompts diff greet 1 2')).toBe(
      [
        '- Greet {{name}} in English.',
        '+ Greet {{name}} warmly in English, in at most {{n}} words.',
        'variables: + n',
        '',
      ].join('\n'),
    );
    expect(await print('prompts diff greet --words')).toBe(
      'Greet {{name}} {+warmly +}in English{+, in at most {{n}} words+}.\n',
    );
    expect(await print('prompts label greet 2 production')).toBe(
      'greet: production v1 -> v2   (undo: coaia prompts label greet 1 production)\n',
    );
    expect(await print('fuse prompts get greet --prod -c')).toBe(
      'Greet {{name}} warmly in English, in at most {{n}} words.\n',
    );
    expect(await print('prompts get greet -c --version 1 --var name=Ada')).toBe(
      'Greet Ada in English.\n',
    );
  });

  test('prints what the API answers from fuse prompts create', async () => {
    const made = JSON.parse(
      await print('fuse prompts create made "x" --labels a b --tags t --config \'{"k":1}\''),
    );
    expect(made).toMatchObject({
      name: 'made',
      version: 1,
      labels: ['a', 'b', 'latest'],
      tags: ['t'],
      config: { k: 1 },
    });
    const again = await run('fuse prompts create made x --if-changed --label c');
    expect(JSON.parse(again.stdout)).toMatchObject({
      version: 1,
      labels: ['a', 'b', 'c', 'latest'],
    });
    expect(again.stderr).toContain('nothing was made');
  });

  test('lists names with versions, tags and labels', async () => {
    const table = await print('prompts');
    expect(table).toMatch(/\| Name {12}\| Version {2}\| Created {4}\| Tags\/Labels/);
    expect(table).toMatch(/\| greet {11}\| 2 {8}\| \d{4}-\d\d-\d\d \| latest, production/);
    expect(table.trimEnd().endsWith('Total prompts: 2')).toBe(true);
    const versions = JSON.parse(await print('prompts versions greet --json'));
    expect(versions.map((one: { version: number }) => one.version)).toEqual([2, 1]);
  });

  test('reads content from stdin and files, and chats as JSON', async () => {
    await print('prompts create piped', { stdin: 'from stdin\n' });
    expect(await print('prompts get piped -c')).toBe('from stdin\n');
    const file = join(home, 'chat.json');
    writeFileSync(file, '[{"role":"system","content":"S"},{"type":"placeholder","name":"h"}]');
    await print(`prompts create talk --type chat -f ${file}`);
    expect(await print('prompts get talk -c')).toBe('S\n');
    expect(await print('prompts get talk')).toContain('[placeholder h]');
    await print(`prompts create --name other --prompt 'y' --config '{}'`);
    expect(await print('prompts get other -c')).toBe('y\n');
    const wrong = ['prompts create talk --type chat x', 'prompts create empty', 'prompts create'];
    for (const line of wrong) {
      const { code, stdout } = await run(line);
      expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: '' });
    }
  });

  test('edits with the editor, and makes nothing when nothing changed', async () => {
    const env = { EDITOR: 'sed -i s/stdin/editor/', PATH: process.env['PATH'] };
    expect(await print('prompts edit piped --label staging', { env })).toBe(
      'piped v2  labels: latest, staging\n',
    );
    const again = await run('prompts edit piped', { env });
    expect(again.stdout).toBe('');
    expect(again.stderr).toContain('Nothing changed');
    expect((await run('prompts edit piped', { env: { EDITOR: 'false' } })).code).toBe(1);
    expect((await run('prompts edit piped')).code).toBe(1);
  });

  test('writes a new prompt in the editor', async () => {
    const edit = (script: string) => ({
      env: { EDITOR: `sed -i -e '${script}'`, PATH: process.env['PATH'] },
    });
    const line = 'prompts create drafted --interactive --label one';
    const made = await run(
      `fuse ${line} --commit-message begun`,
      edit('s/Hello {{name}}/Dear {{name}}/'),
    );
    expect(JSON.parse(made.stdout)).toMatchObject({
      name: 'drafted',
      prompt: 'Dear {{name}}',
      labels: ['latest', 'one'],
      commitMessage: 'begun',
    });
    const chat = await run(
      'fuse prompts create --interactive --type chat',
      edit('s/folder.name/talk/'),
    );
    expect(JSON.parse(chat.stdout)).toMatchObject({ name: 'talk', type: 'chat' });
    expect((await run(line, edit('s/^#.*//;s/#//'))).code).toBe(0);
    expect((await run(line, { env: { EDITOR: 'true' } })).code).toBe(2);
    expect((await run(line, edit('s/^name:.*//'))).code).not.toBe(0);
    await print('prompts delete drafted');
    await print('prompts delete talk');
  });

  test('deletes after asking', async () => {
    expect((await run('prompts delete piped --no-input')).code).toBe(2);
    expect((await run('prompts delete piped', { isTTY: true, answers: ['n'] })).code).toBe(1);
    await print('prompts delete piped --version 2 --yes');
    expect(await print('prompts get piped -c')).toBe('from stdin\n');
    // A script has named what goes.
    await print('prompts delete piped');
    const { code, stdout, stderr } = await run('prompts get piped');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain("Prompt not found: 'piped' with label 'latest'");
  });

  test('protects labels, which the owner may still move', async () => {
    expect(await print('prompts protect production staging')).toBe('production\nstaging\n');
    expect(await print('prompts protect staging --remove')).toBe('production\n');
    await print('prompts label greet 1 production');
    await print('prompts protect production --remove');
    expect(await print('prompts protect')).toBe('No labels are protected.\n');
  });
});

describe('files', () => {
  test('hold every prompt and bring it back elsewhere', async () => {
    await print(['prompts', 'create', 'zz/part', 'Be kind.']);
    const include = '@@@langfusePrompt:name=zz/part|label=latest@@@ {{x}}\nsecond line';
    await print(['prompts', 'create', 'a b/../whole', include, '--label', 'production']);
    const folder = join(home, 'files');
    const written = await print(`prompts sync --to ${folder}`);
    expect(written).toContain('written   a b/../whole v1  a%20b/%2E./whole.prompt.yaml');
    expect(readFileSync(join(folder, 'zz/part.prompt.yaml'), 'utf8')).toBe(
      'name: zz/part\ntype: text\nprompt: Be kind.\n',
    );
    expect(await print(`prompts sync --to ${folder}`)).not.toContain('written');

    const other = { home: mkdtempSync(join(tmpdir(), 'coaia-other-')) };
    const dry = await runCoaia(`prompts sync --from ${folder} --dry-run`, other);
    expect(dry.stdout).toContain('created');
    expect((await runCoaia('prompts list --json', other)).stdout).toBe('[]\n');
    const made = await runCoaia(`prompts sync --from ${folder}`, other);
    expect(made.stdout).not.toContain('failed');
    expect(made.code).toBe(0);
    const whole = await runCoaia(['prompts', 'get', 'a b/../whole', '--prod', '-c'], other);
    expect(whole.stdout).toBe('Be kind. {{x}}\nsecond line\n');
    const again = await runCoaia(`prompts sync --from ${folder} --json`, other);
    const results = JSON.parse(again.stdout).map((one: { result: string }) => one.result);
    expect(new Set(results)).toEqual(new Set(['same']));

    writeFileSync(join(folder, 'broken.prompt.yaml'), 'name: [');
    writeFileSync(join(folder, 'zz/part.prompt.yaml'), 'name: zz/part\nprompt: Be strict.\n');
    const partial = await runCoaia(`prompts sync --from ${folder}`, other);
    expect(partial.code).toBe(5);
    expect(partial.stdout).toContain('created   zz/part v2');
    expect(partial.stdout).toMatch(/failed .*broken\.prompt\.yaml is not YAML/);
    rmSync(other.home, { recursive: true, force: true });
  });
});
