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
    for (const line of lines) tell(line, onText);
    if (rest.length > MAX_LINE) rest = tell(rest, onText, MAX_LINE);
  });
  stream.on('end', () => {
    if (rest !== '') tell(rest, onText);
  });
  stream.on('error', () => undefined);
}

/** Passes a line on in pieces; with `keep`, what is shorter than that comes back instead. */
function tell(line: string, onText: (text: string) => void, keep = 0): string {
  let at = 0;
  do {
    onText(line.slice(at, at + MAX_LINE));
    at += MAX_LINE;
  } while (line.length - at > keep);
  return line.slice(at);
}

/** Stderr is where Python's `logging` and R's `message()` go too, so the words decide. */
export function toLevel(text: string): WorkerLine['level'] {
  if (/^\W*(?:error|traceback|critical|fatal)\b/i.test(text)) return 'error';
  return /^\W*warn/i.test(text) ? 'warn' : 'info';
}
