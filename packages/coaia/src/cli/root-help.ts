/** What `coaia` alone prints, and the complete list of `coaia --help`. */
import type { CommandEntry } from '#surface';
import { globalOptions } from './flags.ts';
import { renderPairs, toOptionPair } from './help.ts';

/** One line of the welcome text: topic, what to type, what it does, and the command that must exist for it. */
const welcome: readonly (readonly [string, string, string, string])[] = [
  ['Start', 'coaia up', 'server and web page on this machine', 'up'],
  ['Start', 'coaia sample', 'a small sample project to look at', 'sample'],
  ['Start', 'coaia shell', 'commands with context, history and completion', 'shell'],
  ['Observe', 'coaia trace -- CMD', 'run any command as a trace', 'trace'],
  ['Observe', 'coaia traces list', 'traces, newest first', 'traces list'],
  ['CoAiAPy', 'coaia fuse traces', 'the Langfuse commands, as before', 'fuse traces list'],
  [
    'Pipelines',
    'coaia pipeline list',
    'templates; coaia pipeline run NAME runs one',
    'pipeline list',
  ],
  ['Settings', 'coaia init -i', 'set up services question by question', 'init'],
  ['Settings', 'coaia config show', 'settings and where each comes from', 'config show'],
  ['Store', 'coaia db info', 'backup, restore, check and migrate the store', 'db info'],
];

/** Last line of the welcome text, of those commands that exist. */
const helpers: readonly (readonly [string, string])[] = [
  ['coaia help <topic>', 'help'],
  ['coaia explain <code>', 'explain'],
  ['coaia doctor', 'doctor'],
];

/** The text of `coaia` without arguments. */
export function renderWelcome(entries: readonly CommandEntry[]): string {
  const known = new Set(entries.flatMap(({ words, aliases = [] }) => [words, ...aliases]));
  const lines = welcome.filter((line) => known.has(line[3]));
  let topic = '';
  const body = lines.map(([name, typed, summary]) => {
    const shown = name === topic ? '' : name;
    topic = name;
    return `${shown.padEnd(10)} ${typed.padEnd(20)} ${summary}`;
  });
  const found = helpers.filter(([, words]) => known.has(words)).map(([typed]) => typed);
  const help = found.length === 0 ? ['coaia --help'] : found;
  return [
    'Coaia: observe, curate, tune, serve - on machines you control.',
    '',
    ...body,
    `${'Help'.padEnd(10)} ${help.join('    ')}`,
    '',
  ].join('\n');
}

/** Every command, once, with its summary, and the options that all of them take. */
export function renderRootHelp(entries: readonly CommandEntry[], width: number): string {
  const shown = entries.filter((entry) => entry.hidden !== true);
  const pairs = shown
    .map((entry) => [entry.words, entry.summary] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    'Usage: coaia COMMAND [options]',
    '',
    'Commands:',
    ...renderPairs(pairs, width),
    '',
    renderGlobalOptions(width),
    'Help on one command: coaia help COMMAND. All of it as JSON: coaia help --json.',
    '',
  ].join('\n');
}

/** The options of every command. */
export function renderGlobalOptions(width: number): string {
  const pairs = Object.entries(globalOptions).map(([key, spec]) => toOptionPair(key, spec));
  return ['Options of every command:', ...renderPairs(pairs, width), ''].join('\n');
}
