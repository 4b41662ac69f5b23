/** From score config to agreement: a config, a queue, three reviews by keyboard, and what people and programs say. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

describe.runIf(hasBrowser)('scores and annotation, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  });
  afterAll(() => bench.close());

  it('begins with what belongs here', async () => {
    const { page, open } = bench;
    await open('/annotate');
    await page.locator('[data-empty=queues]').getByRole('link', { name: 'Score configs' }).click();
    await page.locator('[data-empty=configs]').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    await open('/scores');
    await page.locator('[data-empty=scores]').waitFor();
  });

  it('makes score configs', async () => {
    const { page, open } = bench;
    await open('/scores?view=configs');
    const make = async (name: string, type: string) => {
      await page.getByRole('button', { name: 'New score config' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByLabel('Type').selectOption(type);
      expect(await bench.findBarriers()).toEqual([]);
      await dialog.getByRole('button', { name: 'Create config' }).click();
      await page.locator(`[data-config="${name}"]`).waitFor();
    };
    await make('grounded', 'BOOLEAN');
    await make('tone', 'CATEGORICAL');
    const { data } = await bench.send('GET', '/api/public/score-configs');
    expect(data).toMatchObject([
      { name: 'tone', categories: [{ label: 'bad', value: 1 }, {}] },
      { name: 'grounded', dataType: 'BOOLEAN' },
    ]);
  });

  it('archives a config and takes it back', async () => {
    const { page } = bench;
    await page.getByRole('checkbox', { name: 'Archive tone' }).click();
    await page.getByRole('checkbox', { name: 'Restore tone' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('checkbox', { name: 'Archive tone' }).waitFor();
  });

  it('makes a queue and says what goes into it', async () => {
    const { page, open } = bench;
    await open('/annotate');
    await page.getByRole('button', { name: 'New queue' }).waitFor();
    await bench.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('weekly');
    await dialog.getByLabel('grounded').check();
    await dialog.getByLabel('tone').check();
    await dialog.getByRole('button', { name: 'Create queue' }).click();
    await page.locator('[data-empty=items]').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
  });

  it('goes through three traces with the keyboard alone', async () => {
    const { page } = bench;
    const queue = (await bench.send('GET', '/api/public/annotation-queues')).data[0].id as string;
    for (const id of ['a', 'b', 'c']) {
      const body = { id, name: `answer ${id}`, input: 'why?', output: `because ${id}` };
      const event = { id: `e-${id}`, type: 'trace-create', timestamp: new Date().toISOString() };
      await bench.send('POST', '/api/public/ingestion', { batch: [{ ...event, body }] });
      const item = { objectType: 'TRACE', objectId: id };
      await bench.send('POST', `/api/public/annotation-queues/${queue}/items`, item);
    }
    await page.reload();
    for (const [id, keys] of [
      ['a', ['1', '2']],
      ['b', ['2', '1']],
      ['c', ['1', '1']],
    ] as const) {
      await page.getByText(`because ${id}`).waitFor();
      if (id === 'a') expect(await bench.findBarriers()).toEqual([]);
      for (const key of keys) await page.keyboard.press(key);
      if (id === 'c') {
        // The scores are stored, the item is not marked: saving again must give none of them twice.
        const items = '**/annotation-queues/*/items/*';
        await page.route(items, (route) => route.fulfill({ status: 500, body: '{}' }), {
          times: 1,
        });
        await page.keyboard.press('Enter');
        await page.getByText('The scores could not be saved.').waitFor();
        const complaints = bench.takeComplaints();
        expect(complaints.filter((text) => !text.includes('500'))).toEqual([]);
      }
      if (id === 'b') {
        await bench.press('m');
        await page.keyboard.type('too short');
        await page.keyboard.press('Control+Enter');
      } else await page.keyboard.press('Enter');
    }
    await page
      .locator('[data-empty=items]')
      .getByText('Everything in this queue is done.')
      .waitFor();
    const { data } = await bench.send('GET', '/api/public/v2/scores?name=grounded');
    const said = data.map(
      (one: { traceId: string; stringValue: string; comment: string | null }) => [
        one.traceId,
        one.stringValue,
        one.comment,
      ],
    );
    expect(said.toSorted()).toEqual([
      ['a', 'True', null],
      ['b', 'False', 'too short'],
      ['c', 'True', null],
    ]);
    expect(data[0]).toMatchObject({ source: 'ANNOTATION', queueId: queue });
  });

  it('shows how far people and programs agree, and where they do not', async () => {
    const { page, open } = bench;
    for (const [traceId, value] of [
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ] as const) {
      const body = { traceId, name: 'grounded', dataType: 'BOOLEAN', value };
      await bench.send('POST', '/api/public/scores', body);
    }
    await open('/scores');
    await page.locator('[data-score=grounded]').click();
    await page.getByRole('tab', { name: 'Agreement' }).click();
    await page.getByText('67 %').waitFor();
    await page.getByRole('link', { name: 'trace b' }).waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('tab', { name: 'Distribution' }).click();
    await page.getByText(/True leads with 5, of 2|leads with 5/).waitFor({ state: 'attached' });
    expect(await bench.findBarriers()).toEqual([]);
    expect(bench.takeComplaints()).toEqual([]);
  });
});
