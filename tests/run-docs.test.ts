/** What the documents tell readers to type works: every block fenced as `sh run`, in an empty home per page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPages } from './docs/repository.ts';
import { createPlace, listBlocks, runBlock } from './docs/run-blocks.ts';

const pages = [...readPages()]
  .map(([path, text]) => ({ path, blocks: listBlocks(path, text) }))
  .filter(({ blocks }) => blocks.length > 0);

test('some pages have runnable blocks', () =>
  expect(pages.map(({ path }) => path)).toContain('README.md'));

describe.each(pages)('$path', ({ blocks }) => {
  test('runs from top to bottom', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coaia-docs-'));
    try {
      const env = createPlace(folder);
      for (const block of blocks) {
        const { code, output } = await runBlock(block, folder, env);
        expect(code, `line ${block.line}: ${output}`).toBe(0);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('a block that fails is seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-docs-'));
  const [block] = listBlocks('a.md', 'x\n```sh run\nfalse\ntrue\n```\n');
  expect(block?.line).toBe(2);
  expect(await runBlock(block!, folder, createPlace(folder))).toMatchObject({ code: 1 });
  rmSync(folder, { recursive: true, force: true });
});
