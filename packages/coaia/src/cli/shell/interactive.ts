/** The prompt: reads lines with history and completion until the user leaves. */
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { EXIT } from '#base';
import { resolveSettings, resolveTarget } from '#config';
import { readNames, toCachePath, toPlace } from '../completion/cache.ts';
import { buildModel } from '../completion/model.ts';
import { findNames } from '../completion/names.ts';
import type { NameKind } from '../completion/value-kinds.ts';
import { findCompletions } from './complete.ts';
import { addToHistory, readHistory, trimHistory } from './history.ts';
import { runText } from './run-script.ts';
import type { ShellParts } from './run-script.ts';
import { isUnfinished } from './statement.ts';

/** Where names for completion come from: the cache, as in other shells. */
function lookUp({ io, session }: ShellParts, kind: NameKind, words: readonly string[]) {
  try {
    const env = session.getEnv();
    const settings = resolveSettings({ env, cwd: io.cwd });
    const { cache, home } = settings.paths;
    const known = readNames(toCachePath(cache), toPlace(resolveTarget(settings)));
    return findNames(kind, words, { cwd: io.cwd, env, home, known });
  } catch {
    return [];
  }
}

/** Words with a space or a quote, as they must be typed. */
function toTyped(text: string): string {
  return /[\s;"'\\$#]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : text;
}

function createCompleter(parts: ShellParts) {
  // Loads every command, so only when Tab is pressed.
  let model: ReturnType<typeof buildModel> | undefined;
  return (line: string, done: (error: null, result: [string[], string]) => void) => {
    model ??= buildModel(parts.entries);
    const words = line.trimStart().split(/\s+/);
    const cur = words.pop() ?? '';
    const answer = async () => {
      const found = findCompletions(
        await (model as NonNullable<typeof model>),
        words,
        cur,
        (kind, typed) => lookUp(parts, kind, typed),
      );
      const [only] = found;
      const end = found.length === 1 && !only?.endsWith('=') ? ' ' : '';
      return found.map((text) => toTyped(text) + end);
    };
    answer().then(
      (found) => done(null, [found, cur]),
      () => done(null, [[], cur]),
    );
  };
}

/** Gives the keyboard to a command while it runs, so that Ctrl-C stops the command and not the shell. */
async function lend<T>(reader: Interface, run: () => Promise<T>): Promise<T> {
  reader.pause();
  process.stdin.setRawMode?.(false);
  try {
    return await run();
  } finally {
    process.stdin.setRawMode?.(true);
    reader.resume();
  }
}

/** Runs until `exit` or Ctrl-D; returns 0. `historyPath` undefined: nothing is kept. */
export async function runInteractive(
  parts: ShellParts,
  historyPath: string | undefined,
): Promise<number> {
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    completer: createCompleter(parts),
    history: historyPath === undefined ? [] : readHistory(historyPath),
    historySize: 2000,
    removeHistoryDuplicates: true,
  });
  const io = {
    ...parts.io,
    readLine: (signal: AbortSignal) =>
      new Promise<string | undefined>((resolve) => {
        process.stdin.setRawMode?.(true);
        signal.addEventListener('abort', () => resolve(undefined), { once: true });
        reader.question('', { signal }, resolve);
      }),
  };
  parts.io.stderr('Commands without the word coaia; help, Tab, and Ctrl-D to leave.\n');
  let pending = '';
  const prompt = () => {
    reader.setPrompt(pending === '' ? parts.session.getPrompt() : '... ');
    reader.prompt();
  };
  reader.on('SIGINT', () => {
    pending = '';
    reader.write(null, { ctrl: true, name: 'u' });
    parts.io.stderr('^C\n');
    prompt();
  });
  prompt();
  for await (const line of reader) {
    const text = pending === '' ? line : `${pending}\n${line}`;
    pending = isUnfinished(text) ? text : '';
    if (pending === '') {
      if (historyPath !== undefined) addToHistory(historyPath, text);
      const { isExit } = await lend(reader, () => runText({ ...parts, io }, text));
      if (isExit) break;
    }
    prompt();
  }
  reader.close();
  if (historyPath !== undefined) trimHistory(historyPath);
  return EXIT.done;
}
