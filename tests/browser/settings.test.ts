/** Settings: keys shown once, people, connections that are called, prices, retention, exports; and who may only look. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

describe.runIf(hasBrowser)('settings, in the browser', () => {
  let bench: Workbench;
  let models: Server;
  beforeAll(async () => {
    bench = await openWorkbench({ env: { COAIA_EXPORT_FOLDER: 'exports' } });
    await bench.coaia('sample');
    models = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"object":"list","data":[{"id":"tiny","object":"model"}]}');
    });
    await new Promise<void>((resolve) => {
      models.listen(0, '127.0.0.1', () => resolve());
    });
  });
  afterAll(async () => {
    await bench.close();
    models.close();
  });

  const heading = (name: string) =>
    bench.page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
  const confirm = async (name: string, action: string) => {
    const dialog = bench.page.getByRole('dialog');
    await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
    await dialog.getByRole('button', { name: action }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  it('changes the project and takes that back', async () => {
    const { page, open, send } = bench;
    await open('');
    await page.getByRole('link', { name: 'Settings' }).click();
    await heading('Project');
    await expect.poll(() => page.url()).toMatch(/\/settings\/general$/);
    await page.getByLabel('Protected labels of prompts').fill('production, staging');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Project saved').waitFor();
    const read = () => send('GET', '/api/v1/projects/default');
    expect((await read()).protectedLabels).toEqual(['production', 'staging']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await read()).protectedLabels).toEqual([]);
    expect(await bench.findBarriers()).toEqual([]);
  });

  it('invites somebody by a link, changes their role, and takes it away', async () => {
    const { page } = bench;
    await page.getByRole('link', { name: 'Members' }).click();
    await heading('Members');
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = await page.getByLabel('Sign-in link', { exact: true }).textContent();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?k=\S{20,}$/);
    const row = page.locator('[data-member="ada@example.com"]');
    await row.getByRole('combobox').selectOption('VIEWER');
    await page.getByText('ada@example.com is Viewer here').waitFor();
    const viewer = page.locator('[data-permission="prompts:write"]').getByRole('cell');
    await expect
      .poll(() => viewer.allTextContents())
      .toEqual(['Make, label and delete prompts', 'yes', 'yes', 'yes', '–no', 'yes']);
    expect(await bench.findBarriers()).toEqual([]);
    await expectReadOnly(link ?? '');
  });

  /** Ada, a viewer, in a browser of her own. */
  async function expectReadOnly(link: string) {
    const page = await (await bench.page.context().browser()!.newContext()).newPage();
    await page.goto(link);
    await page.waitForURL('**/p/default');
    await page.goto(`${bench.server.url}/p/default/settings/general`);
    await page.getByText('the role viewer lacks the permission project:write').waitFor();
    await expect.poll(() => page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
    await page.goto(`${bench.server.url}/p/default/settings/keys`);
    await page.getByText('This part is not shown: the role viewer lacks').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Create key' }).count()).toBe(0);
    await page.context().close();
  }

  it('makes a key, shows it once, and deletes it by its name', async () => {
    const { page, server } = bench;
    await bench.press('Control+k');
    await page.getByPlaceholder('Go to a page, a trace, or an action').fill('api keys');
    await page.getByRole('option', { name: 'Settings: API keys' }).click();
    await heading('API keys');
    await bench.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Note').fill('nightly job');
    await dialog.getByLabel('Requests a minute').fill('600');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const lines = await dialog
      .getByLabel('Lines for .env or a shell', { exact: true })
      .textContent();
    expect(await bench.findBarriers()).toEqual([]);
    const env = Object.fromEntries((lines ?? '').split('\n').map((line) => line.split('=')));
    const pair = `${env['LANGFUSE_PUBLIC_KEY']}:${env['LANGFUSE_SECRET_KEY']}`;
    const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
    const read = async () =>
      (await fetch(`${server.url}/api/public/projects`, { headers: { authorization } })).status;
    await expect.poll(() => read()).toBe(200);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.locator('[data-key="nightly job"]');
    await row.getByText('600 requests a minute').waitFor();
    expect(await page.content()).not.toContain(env['LANGFUSE_SECRET_KEY']);
    await row.getByRole('button', { name: 'Delete nightly job' }).click();
    await confirm('nightly job', 'Delete key');
    await row.waitFor({ state: 'detached' });
    await expect.poll(() => read()).toBe(401);
    await bench.press('n');
    await dialog.getByLabel('Note').fill('build machine');
    await dialog.getByLabel('Opens').selectOption('models');
    await dialog.getByLabel('Ask for predictions').uncheck();
    await dialog.getByText('Choose at least one of the two.').waitFor();
    await dialog.getByLabel('Deploy versions').check();
    await dialog.getByLabel('Models').fill('churn');
    expect(await bench.findBarriers()).toEqual([]);
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.locator('[data-key="build machine"]').getByText('only deploy:churn').waitFor();
  });

  it('adds a connection and really calls its server', async () => {
    const { page, open } = bench;
    await open('/settings/connections');
    const { port } = models.address() as AddressInfo;
    await page.getByLabel('Kind of server').selectOption('compatible');
    await page.getByLabel('Name').fill('tiny-server');
    await page.getByLabel('Address').fill(`http://127.0.0.1:${port}/v1`);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    const row = page.locator('[data-connection="tiny-server"]');
    await row.getByRole('button', { name: 'Test tiny-server' }).click();
    await row.getByText('answers, 1 model').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    models.close();
    models.closeAllConnections();
    await row.getByRole('button', { name: 'Test tiny-server' }).click();
    await row.getByRole('alert').waitFor();
    bench.takeComplaints();
  });

  it('gives a model a price, changes it, and deletes it unless that is undone', async () => {
    const { page, open, send } = bench;
    await open('/settings/models');
    await page.locator('[data-model]').first().waitFor();
    await bench.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Model', { exact: true }).fill('house-model');
    await dialog.getByLabel('Pattern').fill('(?i)^house-model$');
    await dialog.getByLabel('Prices by kind of use').fill('input 0.15\noutput 0.6');
    await dialog.getByRole('button', { name: 'Save model' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Search models' }).fill('house');
    const row = page.locator('[data-model="house-model"]');
    await row.getByText('$0.15').waitFor();
    await expect.poll(() => page.url()).toContain('q=house');
    const choose = async (item: string) => {
      await row.getByRole('button', { name: 'Actions for house-model' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await choose('Change');
    await dialog.getByLabel('Prices by kind of use').fill('input 0.2\noutput 0.6');
    await dialog.getByRole('button', { name: 'Save model' }).click();
    await row.getByText('$0.2', { exact: false }).waitFor();
    const stored = (await send('GET', '/api/public/models?limit=100')).data.find(
      ({ modelName }: { readonly modelName: string }) => modelName === 'house-model',
    );
    expect(stored.prices.input.price).toBeCloseTo(0.000_000_2, 12);
    await choose('Delete');
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.waitFor();
    await page.getByRole('searchbox', { name: 'Search models' }).fill('');
    await page.locator('[data-model]').nth(5).waitFor();
    expect(await bench.findBarriers()).toEqual([]);
  });

  it('counts what retention would delete and asks for the name before it does', async () => {
    const { page, open, send } = bench;
    const body = { id: 'ancient', timestamp: '2020-01-01T00:00:00Z', name: 'ancient' };
    const event = { id: 'e1', type: 'trace-create', timestamp: body.timestamp, body };
    await send('POST', '/api/public/ingestion', { batch: [event] });
    await open('/settings/retention');
    await page.getByLabel('Days to keep').fill('365');
    await page.getByRole('button', { name: 'Count what would go' }).click();
    await page.getByText('With 365 days a run would now delete 1 trace,').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await confirm((await send('GET', '/api/v1/projects/default')).name, 'Save and delete');
    await page.locator('[data-retention="365"]').waitFor();
    expect((await send('GET', '/api/v1/projects/default')).retentionDays).toBe(365);
    expect(await bench.findBarriers()).toEqual([]);
  });

  it('exports into a folder after a test, and says what a run wrote', async () => {
    const { page, open } = bench;
    await open('/settings/exports');
    await page.locator('[data-empty=exports]').waitFor();
    await page.getByLabel('Folder', { exact: true }).fill('nightly');
    await page.getByLabel('Format').selectOption('CSV');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.locator('[data-export]').waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.locator('[data-window]').first().getByText('done').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('button', { name: 'Delete export' }).click();
    await confirm('nightly', 'Delete export');
    await page.locator('[data-empty=exports]').waitFor();
  });

  /** What SDKs do with a picture. */
  async function upload(): Promise<string> {
    const bytes = 'not a pixel.';
    const sha256Hash = createHash('sha256').update(bytes).digest('base64');
    const { mediaId, uploadUrl } = await bench.send('POST', '/api/public/media', {
      traceId: 'with-picture',
      field: 'input',
      contentType: 'image/png',
      contentLength: bytes.length,
      sha256Hash,
    });
    const headers = { 'content-type': 'image/png', 'x-amz-checksum-sha256': sha256Hash };
    const { status } = await fetch(uploadUrl, { method: 'PUT', headers, body: bytes });
    const done = { uploadedAt: new Date().toISOString(), uploadHttpStatus: status };
    await bench.send('PATCH', `/api/public/media/${mediaId}`, done);
    return mediaId;
  }

  it('shows media, looks and facts, each under an address of its own', async () => {
    const { page, open } = bench;
    await open('/settings/media');
    await page.locator('[data-empty=media]').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    const mediaId = await upload();
    await page.reload();
    const row = page.locator(`[data-media="${mediaId}"]`);
    await row.getByRole('link', { name: 'trace with-picture' }).waitFor();
    await row.getByText('12 B').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    await open('/settings/appearance');
    await page.getByLabel('Theme').selectOption('dark');
    await expect.poll(() => page.getAttribute('html', 'data-theme')).toBe('dark');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByLabel('Theme').selectOption('system');
    await open('/settings/about');
    await page.getByText('Where the data lies').waitFor();
    expect(await bench.findBarriers()).toEqual([]);
    await open('/settings/nothing');
    await page.locator('[data-empty=section]').waitFor();
    expect(bench.takeComplaints()).toEqual([]);
  });
});
