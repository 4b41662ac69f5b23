/** `ao run logs`: what the processes of the service wrote. */
import { existsSync, openSync, closeSync, readFileSync, readSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Output } from '#surface';
import { toLogPath } from '../log-file.ts';
import { renderLogLine } from '../log-line.ts';
import { openBuiltIn } from '../tasks/own-task.ts';

const NAMES = ['supervisor', 'host', 'gateway'] as const;
const LOOK_MS = 200;

export const command = defineCommand({
  words: 'ops logs',
  summary: 'Show what the service wrote',
  description:
    'The newest lines of every process; --json prints them as they were written. -f waits for more.',
  positionals: [],
  options: {
    follow: { type: 'boolean', short: 'f', summary: 'Wait for more lines, until Ctrl-C' },
    lines: {
      type: 'number',
      short: 'n',
      default: 50,
      summary: 'At most this many of each process',
    },
  },
  takesRest: true,
  restUsage: '',
  examples: ['ao logs', 'ao logs --lines 200', 'ao logs -f'],
  async run(context, { options, rest }) {
    const { out, flags, signal } = context;
    const { project, code } = await openBuiltIn(context, 'logs', rest);
    if (code !== undefined) return code;
    const paths = NAMES.map((name) => ({ name, path: toLogPath(project.folder, name) }));
    const show = (name: string, line: string) => print(out, flags.json, name, line);
    const sizes = new Map<string, number>();
    for (const { name, path } of paths) {
      if (!existsSync(path)) continue;
      const text = readFileSync(path, 'utf8');
      sizes.set(path, Buffer.byteLength(text));
      const lines = text.split('\n').slice(0, -1);
      for (const line of lines.slice(Math.max(0, lines.length - options.lines))) show(name, line);
    }
    if (sizes.size === 0) out.notice('There are no logs yet.');
    while (options.follow === true && !signal.aborted) {
      for (const { name, path } of paths) {
        const { text, size } = readNew(path, sizes.get(path) ?? 0);
        sizes.set(path, size);
        for (const line of text.split('\n').slice(0, -1)) show(name, line);
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
    return EXIT.done;
  },
});

function print(out: Output, isJson: boolean, name: string, line: string): void {
  if (line !== '') out.line(isJson ? line : renderLogLine(name, line));
}

/** Whole lines behind `from`; from the start again when the file was rotated. */
function readNew(path: string, from: number): { readonly text: string; readonly size: number } {
  const length = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const start = length < from ? 0 : from;
  if (length === start) return { text: '', size: start };
  const bytes = Buffer.alloc(length - start);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, bytes.length, start);
  } finally {
    closeSync(file);
  }
  const end = bytes.lastIndexOf(10) + 1;
  return { text: bytes.subarray(0, end).toString('utf8'), size: start + end };
}
