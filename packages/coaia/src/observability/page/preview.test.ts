import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPreview } from './preview.ts';

describe('toPreview', () => {
  it('shows texts without quotes and other JSON as it is', () => {
    expect(toPreview('"say \\"hi\\"\\n"')).toBe('say "hi"\n');
    expect(toPreview('{"a":1}')).toBe('{"a":1}');
    expect(toPreview(null)).toBeNull();
  });

  it('gives the beginning of a text that was cut anywhere, escapes included', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
        fc.nat(120),
        (text, cut) => {
          const stored = JSON.stringify(text);
          const preview =
            toPreview(stored.slice(0, Math.max(1, Math.min(cut, stored.length)))) ?? '';
          expect(text.startsWith(preview)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('ends before half a character', () => {
    expect(toPreview(JSON.stringify(`${'x'.repeat(199)}\u{1F600}`))).toBe('x'.repeat(199));
  });
});
