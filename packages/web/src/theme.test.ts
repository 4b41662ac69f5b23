import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8');

function readTokens(theme: string): Map<string, string> {
  const start = css.indexOf(`[data-theme='${theme}'] {`);
  const body = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
}

// WCAG 2.2 relative luminance and contrast ratio.
function toLuminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function toContrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [toLuminance(a), toLuminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const inks = ['text', 'muted', 'faint', 'accent', 'ok', 'warn', 'error'];
const grounds = ['bg', 'surface', 'raised'];

describe.each([
  ['light', 4.5, 3],
  ['dark', 4.5, 3],
  ['contrast', 7, 7],
  ['contrast-dark', 7, 7],
])('theme %s', (theme, textRatio, edgeRatio) => {
  const tokens = readTokens(theme);
  const get = (name: string) => tokens.get(name) ?? '';

  test.each(grounds.flatMap((ground) => inks.map((ink) => [ink, ground] as const)))(
    '%s on %s',
    (ink, ground) => {
      expect(toContrast(get(ink), get(ground))).toBeGreaterThanOrEqual(textRatio);
    },
  );

  test('the hues, letters of the types, on every ground', () => {
    const hues = [...tokens.keys()].filter((name) => name.startsWith('hue-'));
    expect(hues).toHaveLength(10);
    for (const hue of hues)
      expect(toContrast(get(hue), get('bg')), hue).toBeGreaterThanOrEqual(textRatio);
  });

  test('edges of fields and the words on the accent', () => {
    expect(toContrast(get('field'), get('bg'))).toBeGreaterThanOrEqual(edgeRatio);
    expect(toContrast(get('accent-text'), get('accent'))).toBeGreaterThanOrEqual(textRatio);
  });
});
