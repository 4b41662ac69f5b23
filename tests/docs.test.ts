/** The documents say what the program does: generated pages are fresh, names are explained, links lead somewhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settings } from '../packages/coaia/src/config/settings.ts';
import { readSources, root } from './architecture/scan.ts';
import { readContract } from './contract/contract.ts';
import { toKey } from './contract/reference/compare.ts';
import { listPublicRoutes, toOperationName } from './docs/render-clients.ts';
import { withDifferences } from './docs/render-differences.ts';
import { loadAllRoutes, renderReference } from './docs/render-reference.ts';
import { checkLinks, readPages } from './docs/repository.ts';

const pages = readPages();

describe('the reference', () => {
  test('is what npm run docs writes', async () => {
    for (const [name, text] of Object.entries(await renderReference())) {
      expect(
        readFileSync(join(root, 'docs/reference', name), 'utf8'),
        `docs/reference/${name}: run npm run docs`,
      ).toBe(text);
    }
  });
  test('has a heading for every command, route, code and setting', () => {
    const count = (name: string) =>
      pages.get(`docs/reference/${name}`)?.match(/^## /gm)?.length ?? 0;
    for (const name of ['commands.md', 'errors.md', 'routes.md', 'settings.md'])
      expect(count(name), name).toBeGreaterThan(5);
  });
});

test('the page of Langfuse compatibility lists every difference of the documents', () => {
  const page = pages.get('docs/langfuse-compatibility.md') ?? '';
  expect(page, 'run npm run docs').toBe(withDifferences(page));
});

describe('the table of clients', () => {
  const table = pages.get('docs/reference/clients.md') ?? '';
  test('has every operation of the Langfuse API; after a new one, run npm run compatibility', async () => {
    const names = listPublicRoutes(await loadAllRoutes()).map(toOperationName);
    const rows = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(names);
  });
  test('has no operation that the official command line did not call', () => {
    const [, head = ''] = /^\| Operation \|(.+)\|$/m.exec(table) ?? [];
    const at = head.split('|').findIndex((name) => name.trim() === 'langfuse-cli');
    expect(at).toBeGreaterThan(0);
    const known = new Set(readContract('4.35.0').map(({ method, path }) => toKey(method, path)));
    const uncalled = table
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map((cells) => ({ name: cells[1]?.replaceAll('`', '') ?? '', cell: cells[at + 2] }))
      .filter(({ name, cell }) => {
        const [method = '', path = ''] = name.split(' ');
        return known.has(toKey(method, path)) && cell !== 'yes';
      });
    expect(uncalled).toEqual([]);
  });
});

describe('environment variables', () => {
  const system = new Set([
    'HOME',
    'PATH',
    'TERM',
    'CI',
    'DISPLAY',
    'PYTHONPATH',
    'ZDOTDIR',
    'WAYLAND_DISPLAY',
    'USERPROFILE',
    'LOCALAPPDATA',
    'XDG_CACHE_HOME',
    'XDG_CONFIG_HOME',
  ]);
  const sources = [
    ...readSources('packages/coaia/src'),
    ...readSources('packages/coaia/bin'),
    ...readSources('packages/client/src'),
  ];
  const used = sources
    .filter(({ path }) => !path.includes('.test'))
    .flatMap(({ text }) =>
      [...text.matchAll(/\benv(?:\.|\[')([A-Z][A-Z0-9_]+)/g)].map(([, name = '']) => name),
    );
  const explained = new Set([
    ...settings.flatMap(({ env }) => [...env]),
    ...[
      ...(pages.get('docs/environment.md') ?? '').matchAll(
        /`?\b([A-Z][A-Z0-9]*_[A-Z0-9_]+|TRACEPARENT|VISUAL|EDITOR)\b/g,
      ),
    ].map(([, name = '']) => name),
  ]);

  test('are found in the sources', () => expect(new Set(used)).toContain('COAIA_HOME'));
  test('are explained in docs/environment.md or are settings', () => {
    expect([...new Set(used)].filter((name) => !system.has(name) && !explained.has(name))).toEqual(
      [],
    );
  });
});

describe('links', () => {
  test('lead somewhere', () => {
    expect([...pages].flatMap(([path, text]) => checkLinks(path, text, pages))).toEqual([]);
  });
  test('that lead nowhere are found', () => {
    const known = new Map([['docs/a.md', '# One\n\n## Two words\n']]);
    const check = (text: string) => checkLinks('docs/a.md', text, known);
    expect(check('[x](missing.md)')).toEqual(['docs/a.md: missing.md does not exist']);
    expect(check('[x](#three)')).toEqual(['docs/a.md: #three has no such heading']);
    expect(
      check('[x](#two-words) [y](../README.md) [z](https://example.org) `[c](code.md)`'),
    ).toEqual([]);
  });
});
