/** Lines out of whatever pieces a stream comes in. */
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines, toLevel } from './worker-lines.ts';

async function read(pieces: readonly string[]): Promise<readonly string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  readLines(stream, (line) => lines.push(line));
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await finished(stream);
  return lines;
}

describe('lines of workers', () => {
  it('nothing is lost, whatever the pieces', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[a-z\n]*$/)), async (pieces) => {
        expect((await read(pieces)).join('\n')).toBe(pieces.join('').replace(/\n$/, ''));
      }),
    ));

  it('a line without end comes in pieces', async () => {
    const lines = await read(['a'.repeat(10_000), 'a'.repeat(10_000), '\nb\r\n']);
    expect(lines.map((line) => line.length)).toEqual([8192, 8192, 3616, 1]);
    expect(await read(['c'.repeat(8192)])).toHaveLength(1);
  });

  it.each([
    ['ERROR:root:bad', 'error'],
    ['Traceback (most recent call last):', 'error'],
    ['WARNING:root:odd', 'warn'],
    ['Warning message:', 'warn'],
    ['loading 3 files', 'info'],
    ['errors: none', 'info'],
  ])('%s is %s', (text, level) => {
    expect(toLevel(text)).toBe(level);
  });
});
