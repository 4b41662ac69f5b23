import { readFileSync } from 'node:fs';

import { isCoaiaError } from '#base';
import { describe, expect, it } from 'vitest';

import { render } from '../render.ts';

interface Probe {
  readonly template: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly expected?: string;
  /** Jinja2 refuses the template. */
  readonly error?: true;
}

interface Probes {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly probes: readonly Probe[];
}

const text = readFileSync(new URL('probes.json', import.meta.url), 'utf8');
const { variables, probes } = JSON.parse(text) as Probes;

/** The text, or `refused` for an error of ours; anything else that is thrown fails the test. */
function answer(probe: Probe) {
  try {
    return render(probe.template, { ...variables, ...probe.variables });
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return { refused: error.message };
  }
}

describe('conformance with Jinja2 3.1.6', () => {
  it('has at least 124 probes', () => {
    expect(probes.length).toBeGreaterThanOrEqual(124);
  });

  it('writes what Jinja2 writes, and refuses what it refuses', () => {
    const different = probes
      .map((probe) => ({
        template: probe.template,
        expected: probe.expected,
        found: answer(probe),
      }))
      .filter(({ expected, found }) =>
        typeof found === 'string' ? found !== expected : expected !== undefined,
      );
    // The floor is 97 %; every difference is named.
    expect(different).toStrictEqual([]);
  });
});
