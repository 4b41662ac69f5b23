import { describe, expect, test } from 'vitest';
import { defineCommand } from '#surface';
import type { CommandEntry } from '#surface';
import { runCoaia } from './testing.ts';

const create = defineCommand({
  words: 'things create',
  summary: 'Create a thing',
  description:
    'Without an id one is made. The second paragraph of a description may be long enough that it has to wrap somewhere.',
  positionals: [
    { name: 'thingId', summary: 'Its id', required: true },
    { name: 'more', summary: 'Other ids', variadic: true },
  ],
  options: {
    type: {
      type: 'string',
      short: 't',
      summary: 'What it is',
      choices: ['EVENT', 'SPAN'],
      default: 'EVENT',
      shorthands: { ts: 'SPAN' },
    },
    exportEnv: { type: 'boolean', summary: 'Print export lines' },
    tag: {
      type: 'string',
      summary: 'A tag',
      repeatable: true,
      placeholder: 'TAG',
      aliases: ['label'],
    },
    'a-very-long-option-name': { type: 'string', summary: 'Long', required: true },
    secret: { type: 'string', summary: 'Not shown', hidden: true },
  },
  examples: ['coaia things create t1 --a-very-long-option-name x'],
  run: async () => {},
});

const unloadable = () => Promise.reject(new Error('group help loads nothing'));

const entries: readonly CommandEntry[] = [
  {
    words: 'things create',
    aliases: ['things new', 'thing make'],
    summary: 'Create a thing',
    load: async () => ({ command: create }),
  },
  { words: 'things list', aliases: ['things'], summary: 'List things', load: unloadable },
  { words: 'things break', summary: 'Break', hidden: true, load: unloadable },
];

const run = (line: string) => runCoaia(line, { entries });

describe('a command', () => {
  test('shows usage, arguments, options, other spellings and examples', async () => {
    expect((await run('things create --help')).stdout).toMatchInlineSnapshot(`
      "Usage: coaia things create THING_ID [MORE...] [options]

      Create a thing.

      Without an id one is made. The second paragraph of a description may be long
      enough that it has to wrap somewhere.

      Arguments:
        THING_ID   Its id
        [MORE...]  Other ids

      Options:
        -t, --type EVENT|SPAN               What it is (default EVENT; also -ts =
                                            SPAN)
            --export-env                    Print export lines
            --tag TAG                       A tag (may be repeated; also --label)
            --a-very-long-option-name A-VERY-LONG-OPTION-NAME
                                            Long (required)

      Also typed as:
        coaia things new
        coaia thing make

      Examples:
        coaia things create t1 --a-very-long-option-name x

      Options of every command: coaia help options
      "
    `);
  });

  test('help wins over mistakes elsewhere in the line, but not inside values after --', async () => {
    expect(await run('things create --nonsense -h')).toMatchObject({ code: 0, stderr: '' });
    expect((await run('things create a --a-very-long-option-name x -- --help')).stdout).toBe('');
  });
});

describe('a group', () => {
  test('lists its commands without loading them', async () => {
    const { code, stdout } = await run('things --help');
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: coaia things COMMAND

      Commands:
        create, new  Create a thing
        list         List things

      Without a command: coaia things list.

      Help on one of them: coaia help things COMMAND
      "
    `);
  });

  test('of hidden or unknown words', async () => {
    expect(await run('things brake')).toMatchObject({ code: 2, stdout: '' });
    expect((await run('things crate')).stderr).toBe(
      'Error COAIA-0500: There is no command coaia things crate. Did you mean coaia things create?\nFix: coaia things create\n',
    );
  });
});

describe('the whole program', () => {
  test('coaia alone welcomes on stdout and exits 0', async () => {
    const { code, stdout, stderr } = await runCoaia('');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "Coaia: observe, curate, tune, serve - on machines you control.

      Start      coaia up             server and web page on this machine
                 coaia sample         a small sample project to look at
                 coaia shell          commands with context, history and completion
      Observe    coaia trace -- CMD   run any command as a trace
                 coaia traces list    traces, newest first
      CoAiAPy    coaia fuse traces    the Langfuse commands, as before
      Pipelines  coaia pipeline list  templates; coaia pipeline run NAME runs one
      Settings   coaia init -i        set up services question by question
                 coaia config show    settings and where each comes from
      Store      coaia db info        backup, restore, check and migrate the store
      Help       coaia help <topic>    coaia explain <code>    coaia doctor
      "
    `);
  });

  test('names only commands that exist', async () => {
    expect((await runCoaia('', { entries })).stdout).toBe(
      `Coaia: observe, curate, tune, serve - on machines you control.\n\n${'Help'.padEnd(10)} coaia --help\n`,
    );
  });

  test('--help lists every command once and the options of all', async () => {
    const { stdout } = await runCoaia('--help');
    expect(stdout).toContain('\n  config set ');
    expect(stdout).toContain('-h, --help ');
    expect(stdout.match(/^ {2}doctor /gm)).toHaveLength(1);
  });

  test('help --json describes every command with examples that name it', async () => {
    const { stdout } = await runCoaia('help --json');
    const { commands, options } = JSON.parse(stdout) as {
      readonly options: readonly { readonly name: string }[];
      readonly commands: readonly {
        readonly command: string;
        readonly summary: string;
        readonly usage: string;
        readonly examples: readonly string[];
      }[];
    };
    expect(options.map(({ name }) => name)).toContain('profile');
    expect(commands.length).toBeGreaterThan(20);
    for (const { command, summary, usage, examples } of commands) {
      expect(usage, command).toContain(`coaia ${command}`);
      expect(summary, command).not.toMatch(/\.$/);
      expect(examples.length, command).toBeGreaterThan(0);
      for (const example of examples) expect(example, command).toMatch(/\b(?:coaia|ao)\b/);
    }
  });

  test('--version anywhere', async () => {
    const version = /^coaia \d+\.\d+\.\d+ \(node \d+\.\d+\.\d+, \w+-\w+\)\n$/;
    for (const line of ['--version', '-V', 'version', 'doctor --version'])
      expect((await runCoaia(line)).stdout, line).toMatch(version);
  });
});
