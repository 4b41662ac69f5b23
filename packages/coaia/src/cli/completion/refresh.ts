/** Reads names of the store in this home with the program's own list commands. */
import { isObject } from '#base';
import type { CommandEntry } from '#surface';
import type { CliIo } from '../io.ts';
import { learnList } from './learn.ts';
import type { Names } from './cache.ts';

const LISTS: readonly (readonly [things: string, line: string])[] = [
  ['traces', 'fuse traces list --limit 50'],
  ['sessions', 'fuse sessions list --limit 50'],
  ['prompts', 'fuse prompts list'],
  ['datasets', 'fuse datasets list'],
  ['score configs', 'fuse score-configs list'],
  ['queues', 'queues list'],
  ['dashboards', 'dashboards list'],
  ['templates', 'pipeline list'],
];

type Run = (
  argv: readonly string[],
  io: CliIo,
  entries: readonly CommandEntry[],
) => Promise<number>;

async function readJson(
  run: Run,
  io: CliIo,
  entries: readonly CommandEntry[],
  words: readonly string[],
): Promise<unknown> {
  let text = '';
  const silent: CliIo = {
    ...io,
    stdout: (part) => {
      text += part;
      return true;
    },
    stderr: () => true,
    stdin: async () => Buffer.alloc(0),
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
  };
  const code = await run([...words, '--json', '--no-input'], silent, entries);
  return code === 0 ? (JSON.parse(text) as unknown) : undefined;
}

/** The rows of a page or of a plain list. */
function toRows(value: unknown): readonly unknown[] {
  const rows = isObject(value) ? value['data'] : value;
  return Array.isArray(rows) ? (rows as readonly unknown[]) : [];
}

/** Templates whose variables are read; each is a command of its own. */
const MOST_TEMPLATES = 60;

/** The variables of every template, which its list does not have. */
async function readVariables(
  run: Run,
  io: CliIo,
  entries: readonly CommandEntry[],
  templates: readonly string[],
): Promise<Names> {
  const rows: unknown[] = [];
  for (const template of templates.slice(0, MOST_TEMPLATES))
    rows.push(await readJson(run, io, entries, ['pipeline', 'show', template]));
  const { templates: _templates, ...variables } = learnList({}, { things: 'templates', rows });
  return variables;
}

/** All names that can be read; kinds whose command fails or does not exist keep what was known. */
export async function readAllNames(
  run: Run,
  io: CliIo,
  entries: readonly CommandEntry[],
): Promise<Names> {
  let names: Names = {};
  for (const [things, line] of LISTS) {
    if (!entries.some(({ words }) => line.startsWith(words))) continue;
    try {
      names = learnList(names, {
        things,
        rows: toRows(await readJson(run, io, entries, line.split(' '))),
      });
    } catch {
      // A list that cannot be read leaves the others.
    }
  }
  try {
    return { ...names, ...(await readVariables(run, io, entries, names['templates'] ?? [])) };
  } catch {
    return names;
  }
}
