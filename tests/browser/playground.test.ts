/** The playground: connect, write, run, compare, stop, save, open from a trace, and take back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import type { ModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

describe.runIf(hasBrowser)('the playground, in the browser', () => {
  let bench: Workbench;
  let model: ModelServer;
  beforeAll(async () => {
    model = await openModelServer({ models: ['gpt-4o-mini', 'm-1'] });
    bench = await openWorkbench();
  }, TIME);
  afterAll(async () => {
    await bench.close();
    await model.close();
  });

  const column = (number = 1) => bench.page.locator(`[data-column="Column ${number}"]`);
  const output = (number = 1) => column(number).locator('[data-output]');
  const done = (number = 1) => column(number).locator('[data-run=done]').waitFor();

  it(
    'asks nobody without a connection, and makes one',
    async () => {
      const { page, open } = bench;
      await open('');
      await page.getByRole('link', { name: 'Playground' }).waitFor();
      await bench.press('g l');
      await page.locator('[data-empty=connections]').waitFor();
      await expect.poll(() => page.title()).toContain('Playground');
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByLabel('Address').fill(model.baseUrl);
      await page.getByLabel('Secret key').fill('sk-of-the-browser-77');
      await page.getByRole('button', { name: 'Connect' }).click();
      await column().waitFor();
      const { data } = await bench.send('GET', '/api/public/llm-connections');
      expect(data).toMatchObject([{ provider: 'ollama', baseURL: model.baseUrl }]);
      expect(await page.content()).not.toContain('sk-of-the-browser-77');
    },
    TIME,
  );

  it(
    'runs what is written with its variables, streamed, with tokens and cost of the trace',
    async () => {
      const { page } = bench;
      await column().getByLabel('user message').fill('Say {{word}} to {{name}}');
      await page.getByLabel('{{word}}').fill('hello');
      await page.getByLabel('{{name}}', { exact: true }).fill('Ada');
      await column().getByLabel('Model', { exact: true }).fill('gpt-4o-mini');
      await page.keyboard.press('Control+Enter');
      await done();
      await expect
        .poll(() => output().textContent())
        .toBe('You said "Say hello to Ada", which is 4 words.');
      const facts = column().locator('[data-run=done] footer');
      await expect.poll(() => facts.textContent()).toMatch(/Tokens\d+ in, \d+ out.*Cost<?\$/);
      expect(model.calls.at(-1)?.headers.authorization).toBe('Bearer sk-of-the-browser-77');
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'compares columns, repeats runs, and says unknown where nothing is known',
    async () => {
      const { page } = bench;
      await page.getByRole('button', { name: 'Add column' }).click();
      await column(2).getByLabel('Model', { exact: true }).fill('m-1');
      await column(2).getByLabel('user message').fill('Other {{word}} [[no-usage]]');
      await page.getByLabel('Repetitions').fill('3');
      await page.getByRole('button', { name: 'Run all' }).click();
      await expect.poll(() => page.locator('[data-run=done]').count()).toBe(6);
      await column(2).getByLabel('Spread').getByText('3 times the same answer').waitFor();
      const facts = column(2).locator('[data-run=done] footer').first();
      await expect.poll(() => facts.textContent()).toMatch(/Tokensunknown.*Costunknown/);
      await page.getByLabel('Repetitions').fill('1');
    },
    TIME,
  );

  it(
    'stops a run, tells failures with their code, and checks the form of answers',
    async () => {
      const text = column(2).getByLabel('user message');
      await text.fill('[[slow 200]] a b c d e f g h');
      await column(2).getByRole('button', { name: 'Run Column 2' }).click();
      await column(2).locator('[data-run=running]').waitFor();
      await column(2).getByRole('button', { name: 'Stop' }).click();
      await column(2).locator('[data-run=stopped]').waitFor();
      await text.fill('[[cut]] a b c');
      await column(2).getByRole('button', { name: 'Run Column 2' }).click();
      await column(2).getByText('COAIA-4008').waitFor();
      await column(2).getByRole('button', { name: 'Parameters, tools, schema' }).click();
      const schema = column(2).getByRole('textbox', { name: 'Schema of the answer' });
      await schema.fill('{"type": "object", "properties": {"score": {"type": "number"}}}');
      await text.fill('rate this');
      await column(2).getByRole('button', { name: 'Run Column 2' }).click();
      await column(2).locator('[data-check=valid]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'keeps what was typed over a reload, and takes the removal of a column back',
    async () => {
      const { page } = bench;
      await page.reload();
      await column(2).waitFor();
      await expect.poll(() => column(2).getByLabel('user message').inputValue()).toBe('rate this');
      await column(2).getByRole('button', { name: 'Remove column' }).click();
      await expect.poll(() => page.locator('[data-column]').count()).toBe(1);
      await page.getByRole('button', { name: 'Undo' }).click();
      await column(2).waitFor();
    },
    TIME,
  );

  it(
    'saves a column as a version, and opens a version by its address',
    async () => {
      const { page, open } = bench;
      await column(1).getByRole('button', { name: 'Save as version' }).click();
      await page.getByLabel('Name', { exact: true }).fill('team/hello');
      await page.getByLabel('What changed').fill('from the playground');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved team/hello v1').waitFor();
      const saved = await bench.send('GET', '/api/public/v2/prompts/team%2Fhello?version=1');
      expect(saved).toMatchObject({
        type: 'chat',
        prompt: [{ role: 'user', content: 'Say {{word}} to {{name}}' }],
        config: { model: 'gpt-4o-mini' },
        commitMessage: 'from the playground',
      });
      await open('/playground?prompt=team%2Fhello&version=1');
      await expect.poll(() => page.locator('[data-column]').count()).toBe(1);
      await expect
        .poll(() => column().getByLabel('Prompt', { exact: true }).inputValue())
        .toBe('team/hello');
      await expect
        .poll(() => column().getByLabel('user message').inputValue())
        .toContain('{{word}}');
    },
    TIME,
  );

  it(
    'opens a recorded call with all it said about itself',
    async () => {
      const { page } = bench;
      await page.getByLabel('{{word}}').fill('bonjour');
      await page.getByLabel('{{name}}', { exact: true }).fill('Bob');
      await page.keyboard.press('Control+Enter');
      await done();
      await column().getByRole('link', { name: 'Open the trace' }).click();
      // The first line is the trace, the second the call.
      await page
        .getByRole('treeitem', { name: /playground/ })
        .nth(1)
        .click();
      await page.getByRole('link', { name: 'Open in playground' }).click();
      await page.waitForURL('**/playground?trace=*observation=*');
      await expect
        .poll(() => column().getByLabel('user message').inputValue())
        .toBe('Say bonjour to Bob');
      await expect.poll(() => column().getByLabel('Connection').inputValue()).toBe('ollama');
      await expect
        .poll(() => column().getByLabel('Prompt', { exact: true }).inputValue())
        .toBe('team/hello');
    },
    TIME,
  );

  it('never asked another host, and complained about nothing', () => {
    expect(bench.takeComplaints()).toEqual([]);
  });
});
