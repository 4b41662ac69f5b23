/** What the user's code printed, line by line. */
import type { Readable } from 'node:stream';
import type { WorkerLine } from './runtime.ts';

/** Longer lines are cut into pieces of this many characters. */
const MAX_LINE = 8192;

/** Reads the stream to its end; nothing that is printed can stop the worker for longer than we need to read it. */
export function readLines(stream: Readable, onText: (text: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onText(line.slice(0, MAX_LINE));
    if (rest.length < MAX_LINE) return;
    onText(rest.slice(0, MAX_LINE));
    rest = rest.slice(MAX_LINE);
  });
  stream.on('end', () => {
    if (rest !== '') onText(rest.slice(0, MAX_LINE));
  });
  stream.on('error', () => undefined);
}

/** Stderr is where Python's `logging` and R's `message()` go too, so the words decide. */
export function toLevel(text: string): WorkerLine['level'] {
  if (/^\W*(?:error|traceback|critical|fatal)\b/i.test(text)) return 'error';
  return /^\W*warn/i.test(text) ? 'warn' : 'info';
}
