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

async function readRows(run: Run, io: CliIo, entries: readonly CommandEntry[], line: string) {
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
  const code = await run([...line.split(' '), '--json', '--no-input'], silent, entries);
  if (code !== 0) return [];
  const value = JSON.parse(text) as unknown;
  const rows = isObject(value) ? value['data'] : value;
  return Array.isArray(rows) ? (rows as readonly unknown[]) : [];
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
      names = learnList(names, { things, rows: await readRows(run, io, entries, line) });
    } catch {
      // A list that cannot be read leaves the others.
    }
  }
  return names;
}
