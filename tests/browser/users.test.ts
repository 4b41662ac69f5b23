/** Users: find a person, open the traces, and erase the data after seeing what would go. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

describe.runIf(hasBrowser)('users, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  }, TIME);
  afterAll(() => bench.close());

  async function seed() {
    const timestamp = new Date().toISOString();
    const traces = ['ada', 'ada', 'grace'].map((user, index) => ({
      type: 'trace-create',
      body: { id: `trace-${index}`, userId: user, sessionId: `chat-${user}`, timestamp },
    }));
    const errors = {
      type: 'span-create',
      body: { id: 'span', traceId: 'trace-0', startTime: timestamp, level: 'ERROR' },
    };
    const score = { type: 'score-create', body: { traceId: 'trace-0', name: 'kind', value: 0.5 } };
    await bench.send('POST', '/api/public/ingestion', {
      batch: [...traces, errors, score].map((event, index) => ({
        id: `event-${index}`,
        timestamp,
        ...event,
      })),
    });
  }

  const countTraces = async (user: string) =>
    (await bench.send('GET', `/api/public/traces?userId=${user}`)).meta.totalItems as number;

  it(
    'begins with how a user is named',
    async () => {
      await bench.open('/users');
      await bench.page.locator('[data-empty=users]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'shows volume, error rate and scores, sorts, and opens the traces of a person',
    async () => {
      await seed();
      const { page, open } = bench;
      await open('/users');
      const ada = page.locator('[data-user=ada]');
      await ada.getByText('50 %').waitFor();
      await ada.getByText('kind 0.50').waitFor();
      await page.getByRole('button', { name: 'Traces', exact: true }).click();
      await page.waitForURL('**sort=traceCount.desc');
      await page.locator('[data-user=ada][aria-rowindex="2"]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await bench.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/traces?q=*');
      await page.locator('[data-trace]').first().waitFor();
      await expect.poll(() => page.locator('[data-trace]').count()).toBe(2);
    },
    TIME,
  );

  it(
    'counts what erasing would delete, and deletes only after the id was typed',
    async () => {
      const { page, open } = bench;
      await open('/users');
      await page.locator('[data-user=ada]').waitFor();
      await page.getByRole('button', { name: 'Actions for ada' }).click();
      await page.getByRole('menuitem', { name: 'Erase data' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('2 traces').waitFor();
      await dialog.getByText('1 session', { exact: true }).waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      const erase = dialog.getByRole('button', { name: 'Erase data' });
      await dialog.getByRole('textbox').fill('grace');
      await expect.poll(() => erase.isDisabled()).toBe(true);
      await expect.poll(() => countTraces('ada')).toBe(2);
      await dialog.getByRole('textbox').fill('ada');
      await erase.click();
      await page.locator('[data-user=ada]').waitFor({ state: 'detached' });
      await expect.poll(() => countTraces('ada')).toBe(0);
      await expect.poll(() => countTraces('grace')).toBe(1);
      expect(await bench.coaia('fuse', 'users', 'erase', 'grace', '--dry-run')).toContain(
        'Would delete 1 trace,',
      );
    },
    TIME,
  );

  it(
    'says why when the server fails',
    async () => {
      const { page, open } = bench;
      expect(bench.takeComplaints()).toEqual([]);
      await page.route('**/default/users?*', (route) =>
        route.fulfill({ status: 500, json: { detail: 'The disk is full.', code: 'COAIA-0107' } }),
      );
      await open('/users');
      await page.getByRole('alert').getByText('The disk is full.').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );
});
