/** Sessions: read a conversation, replay it by keyboard, save it, and compare it with another one. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

const said = {
  first: [
    ['Where is my order?', 'It is on its way.'],
    ['When will it be here?', 'On Monday.'],
  ],
  second: [
    ['Where is my order?', 'It is still on its way.'],
    ['Thank you', 'You are welcome.'],
    ['Bye', 'Goodbye.'],
  ],
} as const;

describe.runIf(hasBrowser)('sessions, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  }, TIME);
  afterAll(() => bench.close());

  async function seed() {
    const start = Date.now() - 60_000;
    const batch = Object.entries(said).flatMap(([sessionId, turns]) =>
      turns.map(([input, output], index) => {
        const id = `${sessionId}-${index}`;
        const timestamp = new Date(start + index * 1000).toISOString();
        const body = { id, name: id, sessionId, userId: 'ada', timestamp, input, output };
        return { id: `event-${id}`, type: 'trace-create', timestamp, body };
      }),
    );
    await bench.send('POST', '/api/public/ingestion', { batch });
    const score = { sessionId: 'first', name: 'solved', value: 1 };
    await bench.send('POST', '/api/public/scores', score);
  }

  const countBubbles = () => bench.page.locator('[data-turn]').count();

  it(
    'begins with how a session is named',
    async () => {
      await bench.open('/sessions');
      await bench.page.locator('[data-empty=sessions]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'shows a conversation with its scores; the trace of a turn is one key away',
    async () => {
      await seed();
      const { page, open } = bench;
      await open('/sessions/first');
      await page.getByText('solved 1').waitFor();
      await expect.poll(() => countBubbles()).toBe(2);
      await bench.press('j');
      expect(await bench.findBarriers()).toEqual([]);
      await bench.press('o');
      await page.waitForURL('**/traces/first-0');
    },
    TIME,
  );

  it(
    'replays question by question and answer by answer; the address keeps the step',
    async () => {
      const { page, open } = bench;
      await open('/sessions/first');
      await page.locator('[data-turn]').first().waitFor();
      await bench.press('r');
      await page.locator('[data-step="1"]').waitFor();
      await expect.poll(() => countBubbles()).toBe(1);
      await expect.poll(() => page.getByText('It is on its way.').count()).toBe(0);
      await page.keyboard.press('ArrowRight');
      await page.getByText('It is on its way.').waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByText('When will it be here?').waitFor();
      await page.waitForURL('**step=3');
      await expect
        .poll(() => page.getByRole('status').getByText('Turn 2: the question').count())
        .toBe(1);
      expect(await bench.findBarriers()).toEqual([]);
      await page.reload();
      await page.locator('[data-step="3"]').waitFor();
      await page.keyboard.press('ArrowLeft');
      await page.locator('[data-step="2"]').waitFor();
      await expect.poll(() => countBubbles()).toBe(1);
      await page.keyboard.press('Escape');
      await page.getByText('On Monday.').waitFor();
      await expect.poll(() => page.url()).not.toContain('step');
    },
    TIME,
  );

  it(
    'is saved as Markdown and as JSON',
    async () => {
      const { page, open } = bench;
      await open('/sessions/first');
      const save = async (name: string) => {
        await page.getByRole('button', { name: 'Export' }).click();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('menuitem', { name }).click(),
        ]);
        return readFileSync(await download.path(), 'utf8');
      };
      expect(await save('Export as Markdown')).toContain('**ada**\n\nWhen will it be here?');
      expect(JSON.parse(await save('Export as JSON')).turns).toHaveLength(2);
    },
    TIME,
  );

  it(
    'stands beside another one, and what differs is marked',
    async () => {
      const { page, open } = bench;
      await open('/sessions');
      await page.locator('[data-session=first]').waitFor();
      for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.locator('[data-compare="3"]').waitFor();
      await expect.poll(() => page.locator('[data-turn]').count()).toBe(5);
      await expect.poll(() => page.getByText('no such turn').count()).toBe(1);
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByRole('button', { name: 'Show what differs' }).click();
      const first = page.locator('[data-pair="0"]');
      await first.getByText('the same in both').waitFor();
      const marked = first.locator('.diff-add, .diff-remove');
      expect((await marked.first().textContent())?.trim()).toBe('still');
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByRole('button', { name: 'End comparison' }).click();
      await page.waitForURL((url) => !url.search.includes('with='));
      await page.getByRole('button', { name: 'Compare with another session' }).click();
      await page.getByRole('dialog').getByRole('combobox').fill('nobody');
      await page.keyboard.press('Enter');
      await page.locator('[data-empty=missing]').waitFor();
      bench.takeComplaints();
    },
    TIME,
  );

  it(
    'says why when the server fails',
    async () => {
      const { page, open } = bench;
      await page.route('**/api/v1/**/sessions/first*', (route) =>
        route.fulfill({ status: 500, json: { detail: 'The disk is full.', code: 'COAIA-0107' } }),
      );
      await open('/sessions/first');
      await page.getByRole('alert').getByText('The disk is full.').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );
});
