/** Pipelines: run a built-in one, make one in the graph, approve, fail and go on, save beside somebody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

const DIGEST = `# What happened this week.
name: digest
version: "1.0"
variables:
  - name: week
    description: Such as 2026-W47.
steps:
  - id: collect   # from the archive
    name: Collect {{ week }}
    observation_type: RETRIEVER

  - id: approve
    name: Approve {{ week }}
    needs: [collect]
    action: human
    with: { message: "Send the digest of {{ week }}?" }

  - id: fetch
    name: Send
    needs: [approve]
    action: http
    with: { url: "http://127.0.0.1:9/" }
`;

describe.runIf(hasBrowser)('pipelines, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.send('PUT', '/api/v1/pipelines/digest', { text: DIGEST, format: 'yaml' });
  }, TIME);
  afterAll(() => bench.close());

  const read = (name: string) => bench.send('GET', `/api/v1/pipelines/${name}`);
  const waitForState = (state: string) =>
    bench.page.locator(`[data-run][data-state=${state}]`).waitFor();

  it(
    'lists what can be run, and runs a built-in one with a preview beside its form',
    async () => {
      const { page, open } = bench;
      await open('/pipelines');
      await page.locator('[data-pipeline=digest]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.locator('[data-pipeline=simple-trace]').click();
      await page.locator('[data-graph] [data-step]').first().waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByLabel('trace_name').fill('hello');
      await page.locator('[data-preview=true]').getByText('"hello"').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.waitForURL('**/pipelines/runs/*');
      await waitForState('succeeded');
      await page.locator('.react-flow__node').first().click();
      await page.locator('[data-panel]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'edits the graph by keyboard, and the comments of the file stay',
    async () => {
      const { page, open } = bench;
      await open('/pipelines/digest');
      await page.locator('.react-flow__node[data-id=collect]').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.locator('[data-panel=approve]').waitFor();
      await bench.press('a');
      await page.locator('[data-panel=step-4]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.getByLabel('Name').fill('Archive');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+s');
      await page.getByText('Version 1.0 saved').waitFor();
      const { text } = await read('digest');
      expect(text).toBe(
        `${DIGEST}\n  - id: step-4\n    name: Archive\n    observation_type: SPAN\n    needs: [approve]\n`,
      );
    },
    TIME,
  );

  it(
    'shows what is wrong at its line and on its step',
    async () => {
      const { page } = bench;
      await page.getByRole('tab', { name: 'File' }).click();
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('    action: nope');
      const problems = page.locator('[data-problems]');
      await problems.getByText('nope').waitFor();
      await expect.poll(() => page.locator('.cm-fault').count()).toBe(1);
      await page.getByRole('tab', { name: 'Graph' }).click();
      await page.locator('[data-step=step-4] .text-error').waitFor();
      await page.getByRole('button', { name: 'Discard changes' }).click();
      await page.locator('[data-draft]').waitFor({ state: 'detached' });
    },
    TIME,
  );

  it(
    'says when somebody saved first, and overwrites nothing',
    async () => {
      const { page } = bench;
      await page.locator('.react-flow__node[data-id=step-4]').click();
      await page.getByLabel('Description').fill('Keeps it.');
      await page.getByLabel('Name').focus();
      const before = await read('digest');
      const text = before.text.replace('"1.0"', '"1.1"');
      await bench.send('PUT', '/api/v1/pipelines/digest', { text, format: 'yaml' });
      await page.getByRole('button', { name: 'Save version' }).click();
      await page.locator('[data-draft=stale]').waitFor();
      expect((await read('digest')).text).toBe(text);
      await page.getByRole('button', { name: 'Compare with theirs' }).click();
      await page.getByRole('dialog').locator('ins').first().waitFor();
      await bench.leave();
      await page.getByRole('button', { name: 'Drop mine, read theirs' }).click();
      await page.getByRole('tab', { name: 'Versions' }).click();
      await page.locator('[data-version]').nth(2).waitFor();
      await page.locator('[data-diff="+"]').first().waitFor();
      expect(bench.takeComplaints().filter((one) => !one.includes('409'))).toEqual([]);
    },
    TIME,
  );

  it(
    'waits for a person, fails at what is not allowed, and goes on from there',
    async () => {
      const { page, open } = bench;
      const body = { template: 'digest', variables: { week: '2026-W47' } };
      const { id } = await bench.send('POST', '/api/v1/pipeline-runs', body);
      await open(`/pipelines/runs/${id}`);
      const approval = page.locator('[data-approval=approve]');
      await approval.getByText('Send the digest of 2026-W47?').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await approval.getByRole('button', { name: 'Approve' }).click();
      await waitForState('failed');
      await page.locator('[data-panel=fetch]').getByText('COAIA-5102').waitFor();
      await page.getByRole('button', { name: 'New run from the failed step' }).click();
      await page.waitForURL((url) => !url.pathname.endsWith(id));
      await waitForState('failed');
      await page.getByRole('link', { name: 'digest', exact: true }).click();
      await page.locator('[data-permission=http][data-allowed=false]').waitFor();
      await page.getByRole('button', { name: 'Allow', exact: true }).click();
      await page.locator('[data-permission=http][data-allowed=true]').waitFor();
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.locator('[data-runs-grid="2"] [data-cell=failed]').nth(1).waitFor();
      expect(bench.takeComplaints()).toEqual([]);
    },
    TIME,
  );
});
