/** `coaia fuse prompts sync`: prompts from files, or to files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { EXIT } from '#base';
import type { CommandContext } from '#surface';
import { defineCommand } from '#surface';
import { promptErrors } from '../errors.ts';
import { promptsApi } from '../ports.ts';
import type { PromptCommandsApi } from '../ports.ts';
import { LATEST } from '../prompt.ts';
import { isPromptPath, toPromptFile, toPromptPath } from '../prompt-file.ts';
import { readPromptFiles } from '../read-prompt-files.ts';
import type { PromptFileLine } from '../read-prompt-files.ts';
import { listAllPrompts } from './list.ts';
import { compatOptions } from './options.ts';

/** What became of one file, or was written to it. */
type SyncLine = Omit<PromptFileLine, 'result'> & {
  readonly result: PromptFileLine['result'] | 'written';
};

type Context = CommandContext<PromptCommandsApi>;

export const command = defineCommand({
  words: 'fuse prompts sync',
  summary: 'Make versions from files, or write the newest versions to files',
  description:
    'A prompt is one YAML file, NAME.prompt.yaml; slashes in names are folders. From files, a version is made only where something differs.',
  needs: promptsApi,
  positionals: [],
  options: {
    ...compatOptions,
    from: {
      type: 'string',
      placeholder: 'DIR',
      summary: 'Make versions from the files of a folder',
    },
    to: { type: 'string', placeholder: 'DIR', summary: 'Write files into a folder' },
    'dry-run': { type: 'boolean', summary: 'Only say what would be done' },
  },
  examples: ['coaia prompts sync --to prompts', 'coaia prompts sync --from prompts --dry-run'],
  async run(context, { options }) {
    const { out, flags } = context;
    const { from, to } = options;
    if ((from === undefined) === (to === undefined)) {
      throw promptErrors.create('COAIA-2010', 'Give either --from DIR or --to DIR.', {
        hint: 'coaia prompts sync --to prompts',
      });
    }
    const isDry = options['dry-run'] === true;
    const lines =
      from === undefined
        ? await writeFiles(context, resolve(context.cwd, to ?? ''), isDry)
        : await readFiles(context, resolve(context.cwd, from), isDry);
    if (flags.json) out.json(lines);
    else for (const line of lines) out.line(toText(line));
    const failed = lines.filter(({ result }) => result === 'failed').length;
    if (failed === 0) return EXIT.done;
    return failed === lines.length ? EXIT.failed : EXIT.partial;
  },
});

function toText({ file, name, result, version, reason }: SyncLine): string {
  const which = version === undefined ? name : `${name} v${version}`;
  const parts = [result.padEnd(8), ...(which === file ? [] : [which]), file];
  return [...parts, ...(reason === undefined ? [] : [reason])].join('  ');
}

async function writeFiles(context: Context, folder: string, isDry: boolean) {
  const api = await context.open();
  const lines: SyncLine[] = [];
  for (const { name } of await listAllPrompts(api)) {
    const prompt = await api.getPrompt(name, { label: LATEST, resolve: false });
    const file = toPromptPath(name);
    const text = await toPromptFile(prompt);
    const isSame = readText(join(folder, file)) === text;
    if (!isSame && !isDry) writeText(join(folder, file), text);
    lines.push({ file, name, version: prompt.version, result: isSame ? 'same' : 'written' });
  }
  return lines;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function writeText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw promptErrors.create('COAIA-2011', `The file ${path} cannot be written.`, {
      cause: error,
    });
  }
}

async function readFiles(context: Context, folder: string, isDry: boolean) {
  const files = listFiles(folder).map((file) => ({
    path: relative(folder, file),
    text: readFileSync(file, 'utf8'),
  }));
  return readPromptFiles(await context.open(), files, isDry);
}

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isPromptPath(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch (error) {
    throw promptErrors.create('COAIA-2011', `The folder ${folder} cannot be read.`, {
      cause: error,
    });
  }
}
