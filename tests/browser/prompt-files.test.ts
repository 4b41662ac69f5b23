/** Prompts as results and files: usage by version, export, and import with a plan first. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

describe.runIf(hasBrowser)('what became of prompts, in the browser', () => {
  let bench: Workbench;
  let folder: string;
  beforeAll(async () => {
    bench = await openWorkbench();
    folder = mkdtempSync(join(tmpdir(), 'coaia-prompts-'));
    await bench.send('POST', '/api/public/v2/prompts', {
      name: 'team/tone',
      prompt: 'Be calm.',
      labels: ['production'],
    });
  }, TIME);
  afterAll(async () => {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (name: string, query = '') =>
    bench.send('GET', `/api/public/v2/prompts/${encodeURIComponent(name)}${query}`);

  it(
    'counts calls, p95, cost and mean scores by version',
    async () => {
      const body = { traceId: 'used', promptName: 'team/tone', promptVersion: 1, model: 'gpt-4o' };
      const startTime = new Date(Date.now() - 5000).toISOString();
      const endTime = new Date(Date.now() - 3000).toISOString();
      await bench.send('POST', '/api/public/ingestion', {
        batch: [
          { id: '1', type: 'trace-create', timestamp: startTime, body: { id: 'used' } },
          {
            id: '2',
            type: 'generation-create',
            timestamp: startTime,
            body: { ...body, id: 'call', startTime, endTime, usage: { input: 1000, output: 100 } },
          },
          {
            id: '3',
            type: 'score-create',
            timestamp: startTime,
            body: { traceId: 'used', name: 'calm', value: 0.75 },
          },
        ],
      });
      const { page, open } = bench;
      await open('/prompts/team%2Ftone?tab=usage');
      const row = page.locator('[data-usage="1"]');
      await row.waitFor();
      await expect
        .poll(() => row.getByRole('cell').allTextContents())
        .toEqual(['1', '2.00 s', '$0.0035', '$0.0035', '0.75']);
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'saves a prompt as a file and reads files back, saying first what they would do',
    async () => {
      const { page, open } = bench;
      await open('/prompts/team%2Ftone');
      await page.getByRole('button', { name: 'More' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'Export file' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('team__tone.prompt.yaml');
      const text = readFileSync(await download.path(), 'utf8');
      const file = join(folder, 'tone.prompt.yaml');
      writeFileSync(file, text.replace('Be calm.', 'Be calm and brief.'));
      await open('/prompts');
      await page.getByRole('button', { name: 'More' }).click();
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('menuitem', { name: 'Import files' }).click(),
      ]);
      await chooser.setFiles(file);
      const dialog = page.getByRole('dialog');
      await dialog.getByText('new version').waitFor();
      expect((await read('team/tone', '?label=latest')).version).toBe(1);
      expect(await bench.findBarriers()).toEqual([]);
      await dialog.getByRole('button', { name: 'Import 1 file' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect((await read('team/tone', '?label=latest')).prompt).toBe('Be calm and brief.');
    },
    TIME,
  );
});
