import { join } from 'node:path';
import { EXIT } from '#base';
import { findHome, toAbsolutePath, toUserHome } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { cliErrors } from '../errors.ts';
import { readAnswers } from '../init/answers-file.ts';
import { LeftError, openTerminalAsker } from '../init/asker.ts';
import type { Asker } from '../init/asker.ts';
import { askServices } from '../init/ask-services.ts';
import { forms } from '../init/forms.ts';
import type { Form } from '../init/forms.ts';
import { addIgnoreRules, writeSample } from '../init/sample.ts';
import { testService } from '../init/test-service.ts';
import { writeAnswers } from '../init/write-answers.ts';
import type { SecretPlace, Written } from '../init/write-answers.ts';

interface Options {
  readonly project: boolean | undefined;
  readonly force: boolean | undefined;
  readonly path: string | undefined;
  readonly test: boolean;
}

export const command = defineCommand({
  words: 'init',
  summary: 'Make a settings file, or set up services question by question',
  description:
    'Alone it makes ~/coaia.json, readable for you only, with no host and no key in it. --interactive asks for each service, tries it, and says where every value is kept; run again it changes what is there.',
  positionals: [],
  options: {
    interactive: { type: 'boolean', short: 'i', summary: 'Ask for each service and try it' },
    answers: { type: 'string', placeholder: 'FILE', summary: 'Take the answers from a JSON file' },
    project: { type: 'boolean', summary: 'Write ./coaia.json, without secrets, and ignore rules' },
    langfuse: { type: 'boolean', summary: 'Only the Langfuse or Coaia server' },
    path: { type: 'string', placeholder: 'FILE', summary: 'Make the file there' },
    force: { type: 'boolean', summary: 'Replace a file that exists; a copy is kept' },
    test: { type: 'boolean', default: true, summary: 'Try each service; --no-test does not' },
  },
  examples: [
    'coaia init',
    'coaia init --project',
    'coaia init --interactive',
    'coaia init --answers answers.json',
  ],
  run: async (context, { options }) => {
    const shown =
      options.langfuse === true ? forms.filter(({ name }) => name === 'langfuse') : forms;
    if (options.answers !== undefined) return takeAnswers(context, options, options.answers, shown);
    if (options.interactive === true || options.langfuse === true)
      return askAll(context, options, shown);
    return makeFile(context, options);
  },
});

async function makeFile(
  { out, flags, env, cwd }: CommandContext<unknown>,
  options: Options,
): Promise<number> {
  const isProject = options.project === true;
  const folder = isProject ? cwd : (toUserHome(env) ?? findHome({ env, cwd }));
  const path =
    options.path === undefined
      ? join(folder, 'coaia.json')
      : toAbsolutePath(options.path, { env, cwd });
  const sample = await writeSample({ path, env, cwd, isProject, isForced: options.force === true });
  const { backup, ignored } = sample;
  if (flags.json) out.json({ path, backup: backup ?? null, ignored });
  else {
    out.confirm(`Wrote ${path}${backup === undefined ? '' : `; the old file is ${backup}`}`);
    if (ignored.length > 0) out.confirm(`Added ${ignored.join(' ')} to .gitignore`);
    out.notice('Next: coaia init --interactive, or coaia config set NAME VALUE');
  }
  return EXIT.done;
}

/** Answers from a file: all are tried before one is written. */
async function takeAnswers(
  context: CommandContext<unknown>,
  options: Options,
  file: string,
  shown: readonly Form[],
): Promise<number> {
  const names = shown.map(({ name }) => name);
  const { answers, named, secrets } = readAnswers(toAbsolutePath(file, context), names);
  for (const service of options.test ? named : []) {
    const { status, detail, hint } = await testService(context, service, answers);
    context.out.notice(`${service}: ${detail}`);
    if (status === 'fail')
      throw cliErrors.create('COAIA-0514', `${service} does not work: ${detail}`, {
        hint: hint ?? 'coaia init --no-test --answers FILE',
      });
  }
  const isProject = options.project === true;
  if (isProject) addIgnoreRules(join(context.cwd, '.gitignore'));
  const written = await writeAnswers(context, answers, { secrets, isProject });
  if (context.flags.json)
    context.out.json({ written: written.lines, variables: written.variables });
  else for (const line of written.lines) context.out.confirm(line);
  return EXIT.done;
}

async function askAll(
  context: CommandContext<unknown>,
  options: Options,
  shown: readonly Form[],
): Promise<number> {
  if (!context.stdinIsTerminal || context.flags.noInput)
    throw cliErrors.create('COAIA-0511', 'There is no terminal to ask on.', {
      hint: 'coaia init --answers FILE',
    });
  const asker = await openTerminalAsker();
  const isProject = options.project === true;
  try {
    const answers = await askServices(context, asker, shown);
    if ([...answers.values()].every((text) => text === '')) {
      asker.note('Nothing was changed.');
      return EXIT.done;
    }
    const secrets = await askPlace(asker, isProject);
    if (isProject) addIgnoreRules(join(context.cwd, '.gitignore'));
    showWritten(asker, await writeAnswers(context, answers, { secrets, isProject }));
  } catch (error) {
    if (!(error instanceof LeftError)) throw error;
    context.out.notice('Nothing was changed.');
    return EXIT.interrupted;
  }
  return runDoctor(context);
}

function askPlace(asker: Asker, isProject: boolean): Promise<SecretPlace> {
  const file = isProject ? './.env, which is not committed' : 'config.json in your home';
  return asker.choose<SecretPlace>({
    message: 'Where are secrets kept?',
    choices: [
      {
        value: 'file',
        label: file,
        hint: 'readable for you only; coaia env encrypt locks .env files',
      },
      {
        value: 'env',
        label: 'Variables that you set yourself',
        hint: 'only their names are written',
      },
      { value: 'keyring', label: 'The keyring of this system' },
    ],
    initial: 'file',
  });
}

function showWritten(asker: Asker, { lines, commands, variables }: Written): void {
  asker.note(lines.join('\n'), 'Where everything is');
  if (variables.length > 0)
    asker.note(variables.map((name) => `export ${name}=...`).join('\n'), 'Set these yourself');
  asker.note(commands.join('\n'), 'The same without questions');
}

/** The checks of this machine; services were tried a moment ago. */
async function runDoctor(context: CommandContext<unknown>): Promise<number> {
  const [{ getIo }, { runCli }, { allCommands }] = await Promise.all([
    import('../context.ts'),
    import('../run.ts'),
    import('../tables.ts'),
  ]);
  const profile = context.flags.profile === undefined ? [] : ['--profile', context.flags.profile];
  return runCli(['doctor', ...profile], getIo(context), allCommands);
}
