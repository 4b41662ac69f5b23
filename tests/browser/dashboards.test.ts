/** Dashboards: add a ready one, read it, make a widget, move it by keyboard, take it away and back, delete. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

describe.runIf(hasBrowser)('dashboards, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.coaia('sample');
  });
  afterAll(() => bench.close());

  const readBoards = async () =>
    (await bench.send('GET', '/api/public/unstable/dashboards')).data as readonly {
      readonly id: string;
      readonly name: string;
      readonly definition: { readonly widgets: readonly { readonly x: number }[] };
    }[];

  const countTiles = async () => (await readBoards())[0]?.definition.widgets.length;

  it('begins with what belongs here, and a ready dashboard is one click away', async () => {
    const { page, open } = bench;
    await open('/dashboards');
    await page.locator('[data-empty=dashboards]').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('button', { name: 'Add Cost' }).click();
    await page.getByRole('heading', { name: 'Cost', exact: true, level: 1 }).waitFor();
    await page
      .locator('[data-tile="Cost by model"]')
      .getByText('sample-model', { exact: true })
      .waitFor();
    expect(await bench.findBarriers()).toEqual([]);
  });

  it('shows a chart as a table of the same numbers', async () => {
    const { page } = bench;
    await page.getByRole('button', { name: 'Show Cost over time as a table' }).click();
    const table = page.locator('[data-tile="Cost over time"]').getByRole('region');
    await table.getByRole('columnheader', { name: 'sum totalCost' }).waitFor();
    await expect.poll(() => table.getByRole('row').count()).toBeGreaterThan(1);
  });

  it('makes a widget with its answer beside the form, and it stands on the dashboard', async () => {
    const { page } = bench;
    await bench.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Errors by name');
    await dialog.getByLabel('Chart').selectOption('HORIZONTAL_BAR');
    await dialog.getByLabel('Grouped by').selectOption('name');
    await dialog.getByText(/ leads with /).waitFor({ state: 'attached' });
    await dialog.getByRole('button', { name: 'Save widget' }).click();
    await page.locator('[data-tile="Errors by name"]').waitFor();
    await expect.poll(countTiles).toBe(7);
  });

  it('says what is wrong with a widget that nothing could answer', async () => {
    const { page } = bench;
    await bench.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Chart').selectOption('PIVOT_TABLE');
    await dialog.getByLabel('Grouped by').fill('nope');
    await dialog.getByText('The view observations has no dimension "nope".').first().waitFor();
    expect(bench.takeComplaints().filter((text) => !text.includes('400'))).toEqual([]);
    await bench.leave();
  });

  it('moves a tile by keyboard, and takes it away and back', async () => {
    const { page } = bench;
    await bench.press('e');
    const handle = page.getByRole('button', { name: /^Errors by name: arrows/ });
    await handle.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: /^Errors by name: arrows.*Column 3,/ }).waitFor();
    // Leaving at once loses nothing.
    await page.reload();
    await expect
      .poll(async () => (await readBoards())[0]?.definition.widgets.some(({ x }) => x === 2))
      .toBe(true);
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('button', { name: 'Remove Errors by name from the dashboard' }).click();
    await expect.poll(countTiles).toBe(6);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(countTiles).toBe(7);
    await page.reload();
    await page.locator('[data-tile="Errors by name"]').waitFor();
  });

  it('deletes a dashboard unless that is undone', async () => {
    const { page, open } = bench;
    await open(`/dashboards/${(await readBoards())[0]?.id}`);
    const remove = async () => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Delete dashboard' }).click();
    };
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Cost', { exact: true }).click();
    await page.getByRole('heading', { name: 'Cost', exact: true, level: 1 }).waitFor();
    await remove();
    await page.locator('[data-empty=dashboards]').waitFor();
    // Leaving the page does at once what would have waited for an undo.
    await page.goto('about:blank');
    await expect.poll(async () => (await readBoards()).length).toBe(0);
    expect(bench.takeComplaints()).toEqual([]);
  });
});
