/** `coaia fuse prompts edit`: the newest version in an editor, saved as the next one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { PromptContent } from '@coaia/client';
import { promptErrors } from '../errors.ts';
import { promptsApi } from '../ports.ts';
import { LATEST } from '../prompt.ts';
import { compatOptions, toGivenLabels, versionOptions } from './options.ts';
import { parseContent, readJsonOption } from './read-content.ts';

export const command = defineCommand({
  words: 'fuse prompts edit',
  summary: 'Edit a prompt in your editor and save it as a new version',
  description: 'The program in VISUAL or EDITOR is used. Nothing is made when nothing changed.',
  needs: promptsApi,
  positionals: [{ name: 'name', summary: 'Name of the prompt', required: true }],
  options: {
    ...compatOptions,
    ...versionOptions,
    version: { type: 'number', placeholder: 'N', summary: 'Begin with this version' },
  },
  examples: ['coaia prompts edit greet --commit-message shorter --label staging'],
  async run(context, { options, args }) {
    const { out, flags, env } = context;
    const api = await context.open();
    const { version } = options;
    const old = await api.getPrompt(args.name, {
      ...(version === undefined ? { label: LATEST } : { version }),
      resolve: false,
    });
    const config = readJsonOption('--config', options.config, context.cwd);
    const before = toFileText(old.prompt);
    const after = await runEditor(env, before, old.type === 'text' ? 'txt' : 'json');
    if (after === before && config === undefined) {
      out.notice('Nothing changed, so no version was made.');
      return EXIT.done;
    }
    const labels = toGivenLabels(options);
    const prompt = await api.createPrompt({
      name: old.name,
      type: old.type,
      prompt: parseContent(old.type, after.replace(/\r?\n$/, '')),
      config: config ?? old.config,
      ...(labels === undefined ? {} : { labels }),
      ...(options.tags === undefined ? {} : { tags: options.tags }),
      ...(options['commit-message'] === undefined
        ? {}
        : { commitMessage: options['commit-message'] }),
    });
    if (flags.json) out.json(prompt);
    else out.line(`${prompt.name} v${prompt.version}  labels: ${prompt.labels.join(', ')}`);
    return EXIT.done;
  },
});

function toFileText(content: PromptContent): string {
  return `${typeof content === 'string' ? content : JSON.stringify(content, null, 2)}\n`;
}

/** The text as it is when the editor ends. Throws COAIA-2012. */
async function runEditor(
  env: Readonly<Record<string, string | undefined>>,
  text: string,
  extension: string,
): Promise<string> {
  const program = env['VISUAL'] || env['EDITOR'];
  if (!program) {
    throw promptErrors.create('COAIA-2012', 'Neither VISUAL nor EDITOR names an editor.', {
      hint: 'coaia prompts create NAME --file PATH',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'coaia-prompt-'));
  const path = join(folder, `prompt.${extension}`);
  try {
    writeFileSync(path, text, { mode: 0o600 });
    await runProgram(program, path, env);
    return readFileSync(path, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** EDITOR may carry options, as in `code --wait`, so a shell reads it; the path is a word of its own. */
async function runProgram(
  program: string,
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { spawn } = await import('node:child_process');
  const isWindows = process.platform === 'win32';
  const child = isWindows
    ? spawn(`${program} "${path}"`, { stdio: 'inherit', shell: true, env: { ...env } })
    : spawn('sh', ['-c', `${program} "$1"`, 'sh', path], { stdio: 'inherit', env: { ...env } });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        promptErrors.create('COAIA-2012', `The editor ${program} cannot be started.`, { cause }),
      ),
    );
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw promptErrors.create(
    'COAIA-2012',
    `The editor ${program} ended with ${code ?? 'a signal'}; nothing was made.`,
  );
}
