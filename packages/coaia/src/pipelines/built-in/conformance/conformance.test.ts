import { readFileSync } from 'node:fs';

import { isCoaiaError } from '#base';
import { render } from '#jinja';
import { describe, expect, it } from 'vitest';

import { collectTexts, type BuiltInTexts } from './texts.ts';

interface Expected {
  readonly functions: Readonly<Record<string, string>>;
  readonly templates: readonly (BuiltInTexts & {
    /** By set, then by text; null where Jinja2 refuses. */
    readonly expected: readonly (readonly (string | null)[])[];
  })[];
}

const text = readFileSync(new URL('expected.json', import.meta.url), 'utf8');
const { functions, templates } = JSON.parse(text) as Expected;
const options = {
  functions: Object.fromEntries(
    Object.entries(functions).map(([name, value]) => [name, () => value]),
  ),
};

function answer(source: string, values: Readonly<Record<string, unknown>>) {
  try {
    return render(source, values, options);
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return null;
  }
}

describe('built-in templates', () => {
  it('are those whose texts Jinja2 rendered; else run generate-expected.py', async () => {
    const rendered = templates.map(({ name, texts, sets }) => ({ name, texts, sets }));
    expect(rendered).toStrictEqual(await collectTexts());
  });

  it.each(templates)('$name renders as Jinja2 renders it, for three sets of values', (template) => {
    const { texts, sets, expected } = template;
    const found = sets.map((values) => texts.map((source) => answer(source, values)));
    expect(found).toStrictEqual(expected);
  });
});
