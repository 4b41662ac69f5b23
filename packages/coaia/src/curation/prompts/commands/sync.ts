/** `coaia fuse prompts sync`: prompts from files, or to files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { EXIT, isCoaiaError } from '#base';
import type { CommandContext } from '#surface';
import { defineCommand } from '#surface';
import type { PromptsApi } from '@coaia/client';
import { promptErrors } from '../errors.ts';
import { promptsApi } from '../ports.ts';
import type { PromptCommandsApi } from '../ports.ts';
import { LATEST } from '../prompt.ts';
import { isPromptPath, parsePromptFile, toPromptFile, toPromptPath } from '../prompt-file.ts';
import { listAllPrompts } from './list.ts';
import { createIfChanged, findPrompt } from './make-version.ts';
import { compatOptions } from './options.ts';

interface SyncLine {
  readonly file: string;
  readonly name: string;
  readonly result: 'created' | 'labelled' | 'same' | 'written' | 'failed';
  readonly version?: number;
  readonly reason?: string;
}

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
  return `${result.padEnd(8)}  ${which}  ${file}${reason === undefined ? '' : `  ${reason}`}`;
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
  const files = listFiles(folder);
  const api = await context.open();
  const done = new Map<string, SyncLine>();
  // What includes another prompt may come before it, so what failed is tried again while others succeed.
  for (let left = files; left.length > 0;) {
    const failed: string[] = [];
    for (const file of left) {
      const line = await tryOne(api, relative(folder, file), file, isDry);
      done.set(file, line);
      if (line.result === 'failed') failed.push(file);
    }
    if (failed.length === left.length || isDry) break;
    left = failed;
  }
  return [...done.values()];
}

async function tryOne(
  api: PromptsApi,
  path: string,
  file: string,
  isDry: boolean,
): Promise<SyncLine> {
  try {
    return await readOne(api, { path, text: readFileSync(file, 'utf8'), isDry });
  } catch (error) {
    if (!isCoaiaError(error) || error.definition.exit === EXIT.unreachable) throw error;
    return { file: path, name: path, result: 'failed', reason: error.message };
  }
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

async function readOne(
  api: PromptsApi,
  { path, text, isDry }: { readonly path: string; readonly text: string; readonly isDry: boolean },
): Promise<SyncLine> {
  const body = await parsePromptFile(path, text);
  const before = await findPrompt(api, body.name, { label: LATEST, resolve: false });
  const { prompt, isNew } = await createIfChanged(isDry ? toDryApi(api) : api, body);
  if (isNew) {
    const version = isDry ? (before?.version ?? 0) + 1 : prompt.version;
    return { file: path, name: body.name, version, result: 'created' };
  }
  const isLabelled = prompt.labels.length !== before?.labels.length;
  const result = isLabelled ? 'labelled' : 'same';
  return { file: path, name: body.name, version: prompt.version, result };
}

/** Reads as always, and answers changes as if they had been made. */
function toDryApi(api: PromptsApi): PromptsApi {
  return {
    ...api,
    createPrompt: async (body) => ({ ...body }) as never,
    addPromptLabels: async (name, version, labels) => {
      const prompt = await api.getPrompt(name, { version, resolve: false });
      return { ...prompt, labels: [...new Set([...prompt.labels, ...labels])] };
    },
  };
}
