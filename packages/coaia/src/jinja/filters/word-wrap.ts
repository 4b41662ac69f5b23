/** The `wordwrap` filter: Python's textwrap with the settings Jinja2 gives it. */
import type { Meter } from '../running/meter.ts';
import type { CallReader } from '../values/call-values.ts';
import { splitLines } from '../values/string-methods.ts';

/** Words may break after these. */
const HYPHEN = /(?<=[\p{L}\d_][\p{L}]-)(?=[\p{L}_])/u;

/** Each line of the text is wrapped by itself; a line that fits stays as it is. */
export function wrapWords(text: string, call: CallReader, meter: Meter): string {
  const width = Math.max(1, call.integer(0, 'width', 79));
  const mark = call.text(2, 'wrapstring', '\n');
  const breakHyphens = call.flag(3, 'break_on_hyphens', true);
  const rules = { breakLong: call.flag(1, 'break_long_words', true), breakHyphens };
  meter.text(text.length * 2);
  return splitLines(text)
    .map((line) => wrapLine(toChunks(line, breakHyphens), width, rules).join(mark))
    .join(mark);
}

/** Words and the blanks between them, words cut at their hyphens. */
function toChunks(line: string, breakHyphens: boolean): string[] {
  const words = line.split(/(\s+)/).filter((chunk) => chunk !== '');
  return breakHyphens ? words.flatMap((word) => word.split(HYPHEN)) : words;
}

function wrapLine(chunks: readonly string[], width: number, rules: BreakRules): readonly string[] {
  const queue = chunks.toReversed();
  const lines: string[] = [];
  while (queue.length > 0) {
    const line: string[] = [];
    let used = 0;
    if (lines.length > 0 && queue.at(-1)?.trim() === '') queue.pop();
    for (
      let chunk = queue.at(-1);
      chunk !== undefined && used + chunk.length <= width;
      chunk = queue.at(-1)
    ) {
      line.push(chunk);
      used += chunk.length;
      queue.pop();
    }
    const long = queue.at(-1);
    if (long !== undefined && long.length > width)
      takeLong({ queue, line, long, room: width - used, ...rules });
    if (line.at(-1)?.trim() === '') line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

interface BreakRules {
  readonly breakLong: boolean;
  readonly breakHyphens: boolean;
}

interface LongWord extends BreakRules {
  readonly queue: string[];
  readonly line: string[];
  readonly long: string;
  readonly room: number;
}

/** A word that is longer than a line fills this line, or stands on one of its own. */
function takeLong({ queue, line, long, room, breakLong, breakHyphens }: LongWord) {
  if (breakLong) {
    const size = breakSize(long, Math.max(1, room), breakHyphens);
    line.push(long.slice(0, size));
    queue[queue.length - 1] = long.slice(size);
  } else if (line.length === 0) {
    line.push(long);
    queue.pop();
  }
}

/** After a hyphen, if there is one that is not at the beginning; else as much as there is room. */
function breakSize(word: string, room: number, breakHyphens: boolean): number {
  const hyphen = breakHyphens ? word.slice(0, room).lastIndexOf('-') : -1;
  return hyphen > 0 && /[^-]/.test(word.slice(0, hyphen)) ? hyphen + 1 : room;
}
