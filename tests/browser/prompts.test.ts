/** Prompts: take a starter, find it, make a version, compare, move a label and take it back, delete. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

const PASTE = `(() => {
  const data = new DataTransfer();
  data.setData('text/plain', 'Translate {{text}} into French.');
  window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
})()`;

describe.runIf(hasBrowser)('prompts, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  }, TIME);
  afterAll(async () => {
    await bench.close();
  });

  const create = (body: object) => bench.send('POST', '/api/public/v2/prompts', body);
  const read = (name: string, query = '') =>
    bench.send('GET', `/api/public/v2/prompts/${encodeURIComponent(name)}${query}`);

  it(
    'begins with what belongs here, and a starter is one click away',
    async () => {
      const { page, open } = bench;
      await open('/prompts');
      await page.locator('[data-empty=prompts]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByRole('button', { name: 'Add answer-from-context' }).click();
      await page.getByRole('heading', { name: 'answer-from-context', level: 1 }).waitFor();
      await page.locator('[data-prompt-text]').getByText('{{question}}').waitFor();
      expect((await read('answer-from-context')).version).toBe(1);
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'takes a text that is pasted on the list into the editor',
    async () => {
      const { page, open } = bench;
      await open('/prompts');
      await page.locator('[data-prompt]').first().waitFor();
      await page.evaluate(PASTE);
      await page.waitForURL('**/prompts/new');
      await page.locator('[data-found=Variables]').getByText('text', { exact: true }).waitFor();
    },
    TIME,
  );

  it(
    'finds a prompt by folder, by text and by the keyboard, and the address keeps it',
    async () => {
      await create({ name: 'team/tone', prompt: 'Be calm.', labels: ['production'] });
      await create({ name: 'team/support/answer', prompt: 'Hello {{name}}', tags: ['greeting'] });
      const { page, open } = bench;
      await open('/prompts');
      await page.getByRole('treeitem', { name: 'support' }).click();
      await page.locator('[data-prompt="team/support/answer"]').waitFor();
      await expect.poll(() => page.locator('[data-prompt]').count()).toBe(1);
      await expect.poll(() => page.url()).toContain('folder=team/support');
      await page.getByRole('treeitem', { name: 'All prompts' }).click();
      await page.getByRole('searchbox').fill('greeting');
      await page.waitForURL('**q=greeting*');
      await expect.poll(() => page.locator('[data-prompt]').count()).toBe(1);
      await page.getByRole('searchbox').press('Escape');
      await bench.press('j');
      expect(await bench.findBarriers()).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'answer', level: 1, exact: true }).waitFor();
    },
    TIME,
  );

  it(
    'makes a version with its variables found while it is written, and takes it back',
    async () => {
      const { page } = bench;
      await page.locator('[data-version="1"][aria-current=true]').waitFor();
      await bench.press('e');
      const text = page.getByRole('textbox', { name: 'Text', exact: true });
      await text.fill('Hello {{name}}, your order {{order}} is on its way.');
      await page.locator('[data-found=Variables]').getByText('order', { exact: true }).waitFor();
      const config = page.getByRole('textbox', { name: 'Config (JSON)' });
      await config.fill('{"temperature": x}');
      await page.getByText('Not JSON: unexpected x at line 1, column 17.').waitFor();
      await expect
        .poll(() => page.getByRole('button', { name: 'Save version' }).isDisabled())
        .toBe(true);
      await config.fill('{"temperature": 0.3}');
      await page.getByLabel('Commit message').fill('say which order');
      await page.locator('[data-diff-part=Text] ins').getByText('order').first().waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.keyboard.press('Control+s');
      await page.locator('[data-version="2"][aria-current=true]').waitFor();
      await expect
        .poll(() => read('team/support/answer', '?version=2'))
        .toMatchObject({
          config: { temperature: 0.3 },
          commitMessage: 'say which order',
          tags: ['greeting'],
        });
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.waitForURL('**/prompts');
      expect((await read('team/support/answer', '?label=latest')).version).toBe(1);
    },
    TIME,
  );

  it(
    'compares any two versions word by word, with config and tools',
    async () => {
      const tools = [{ name: 'look_up_order' }];
      await create({
        name: 'team/support/answer',
        prompt: 'Hello dear {{name}}',
        config: { tools },
      });
      await create({ name: 'team/support/answer', prompt: 'Goodbye {{name}}' });
      const { page, open } = bench;
      await open('/prompts/team%2Fsupport%2Fanswer?tab=diff&version=2&against=1');
      const changed = page.locator('[data-diff-part=Text] .diff-add');
      await changed.waitFor();
      expect((await changed.textContent())?.trim()).toBe('dear');
      await page.locator('[data-diff-part=Tools]').getByText('look_up_order').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByLabel('To', { exact: true }).selectOption('3');
      await page.waitForURL((url) => !url.search.includes('version='));
      await page.locator('[data-diff-part=Text] del').getByText('Hello').waitFor();
    },
    TIME,
  );

  it(
    'moves a label, takes that back, and keeps keys from moving it',
    async () => {
      const { page, open } = bench;
      const version = async () =>
        (await read('team/support/answer', '?label=staging').catch(() => undefined))?.version;
      await open('/prompts/team%2Fsupport%2Fanswer?version=1');
      await page.getByRole('combobox', { name: 'Add a label' }).fill('staging');
      await page.keyboard.press('Enter');
      await page.locator('[data-version="1"]').getByText('staging').waitFor();
      await expect.poll(() => version()).toBe(1);
      await page.locator('[data-version="2"]').click();
      await page.locator('[data-label=staging]').waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Add a label' }).fill('staging');
      await page.keyboard.press('Enter');
      await page.getByText('staging moved from v1 to v2').waitFor();
      await expect.poll(() => version()).toBe(2);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.locator('[data-version="1"]').getByText('staging').waitFor();
      await expect.poll(() => version()).toBe(1);
      await open('/prompts/team%2Fsupport%2Fanswer?version=1');
      await page.getByLabel('Only people may move staging').click();
      await page.getByRole('img', { name: 'Protected: keys may not move it' }).waitFor();
      await expect(
        bench.send('PATCH', '/api/public/v2/prompts/team%2Fsupport%2Fanswer/versions/3', {
          newLabels: ['staging'],
        }),
      ).rejects.toThrow('protected');
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'rolls back by a new version from an older one',
    async () => {
      const { page, open } = bench;
      await open('/prompts/team%2Fsupport%2Fanswer?version=1');
      await page.getByRole('button', { name: 'Roll back' }).click();
      await page.getByRole('menuitem', { name: 'New version from v1' }).click();
      await page.locator('[data-version="4"][aria-current=true]').waitFor();
      expect((await read('team/support/answer', '?version=4')).prompt).toBe('Hello {{name}}');
    },
    TIME,
  );

  it(
    'shows who includes whom, as a picture and as a table',
    async () => {
      await create({
        name: 'team/letter',
        prompt: '@@@langfusePrompt:name=team/tone|label=production@@@ Write to {{name}}.',
      });
      const { page, open } = bench;
      await open('/prompts?view=graph');
      await page.locator('[data-graph="2"]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByRole('button', { name: 'View as table' }).click();
      await page.getByRole('row', { name: /team\/letter v1 team\/tone production/ }).waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByRole('link', { name: 'team/tone' }).click();
      await page.getByRole('tab', { name: 'Links' }).click();
      await page.getByRole('link', { name: 'team/letter' }).first().waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'asks for the name before a prompt goes, and says who includes it',
    async () => {
      const { page, open } = bench;
      const openDialog = async (name: string) => {
        await open(`/prompts/${encodeURIComponent(name)}`);
        await page.getByRole('button', { name: 'More' }).click();
        await page.getByRole('menuitem', { name: 'Delete prompt' }).click();
        await page.getByRole('dialog').getByRole('textbox').fill(name);
      };
      await openDialog('team/tone');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('link', { name: 'team/letter' }).waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await dialog.getByRole('button', { name: 'Delete prompt' }).click();
      await dialog.getByText('is included by team/letter v1').waitFor();
      bench.takeComplaints();
      await openDialog('team/letter');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete prompt' }).click();
      await page.locator('[data-prompt="team/tone"]').waitFor();
      await expect.poll(() => page.locator('[data-prompt="team/letter"]').count()).toBe(0);
      await expect(read('team/letter')).rejects.toThrow('404');
    },
    TIME,
  );

  it(
    'says why when the server fails, and goes on when it is asked again',
    async () => {
      const { page, open } = bench;
      expect(bench.takeComplaints()).toEqual([]);
      const refuse = '**/api/public/v2/prompts?*';
      await page.route(refuse, (route) =>
        route.fulfill({ status: 500, json: { message: 'The disk is full.', code: 'COAIA-0107' } }),
      );
      await open('/prompts');
      await page.getByRole('alert').getByText('The disk is full.').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.unroute(refuse);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('[data-prompt="team/tone"]').waitFor();
      await open('/prompts/nobody');
      await page.locator('[data-empty=missing]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );
});
