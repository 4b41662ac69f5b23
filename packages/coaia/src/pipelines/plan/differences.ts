/** Shows what differs between what is there and what is wanted. */
import { isDeepStrictEqual } from 'node:util';
import { loadDiff } from '#curation';

/** Most lines shown of one text. */
const MAX_LINES = 60;

/** Lines of two texts that differ, `-` for those that go and `+` for those that come. */
export async function diffText(before: string, after: string): Promise<readonly string[]> {
  const { diffLines } = await loadDiff();
  const lines = diffLines(before, after)
    .filter(({ op }) => op !== 'same')
    .flatMap(({ op, text }) =>
      text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `${op === 'removed' ? '-' : '+'} ${line}`),
    );
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `... and ${more} more lines`] : lines;
}

type Fields = Readonly<Record<string, unknown>>;

/** One line for each field that differs; absent and null are the same. */
export function diffFields(before: Fields, after: Fields): readonly string[] {
  return Object.keys(after).flatMap((name) => {
    const [old, fresh] = [before[name] ?? null, after[name] ?? null];
    return isDeepStrictEqual(old, fresh) ? [] : [`${name}: ${show(old)} -> ${show(fresh)}`];
  });
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
