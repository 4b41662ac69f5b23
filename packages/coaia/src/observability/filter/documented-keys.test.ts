import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TRACE_FIELDS } from './trace-fields.ts';

it('has a line in docs/filters.md for every key that is offered', () => {
  const docs = readFileSync(new URL('../../../../../docs/filters.md', import.meta.url), 'utf8');
  const documented = new Set([...docs.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key));
  const offered = TRACE_FIELDS.fields.filter(({ unlisted }) => unlisted !== true);
  expect(offered.map(({ key }) => key).filter((key) => !documented.has(key))).toEqual([]);
});
