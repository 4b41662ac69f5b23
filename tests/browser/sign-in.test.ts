/** Somebody who was invited signs in with address and password, in a browser that knows nothing yet. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

describe.skipIf(!hasBrowser)('sign-in with a password (not run: no Chromium)', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench({
      env: {
        LANGFUSE_INIT_USER_EMAIL: 'ada@example.com',
        LANGFUSE_INIT_USER_PASSWORD: 'right words',
      },
    });
    await bench.page.context().clearCookies();
  });
  afterAll(() => bench.close());

  test('a wrong password is said, the right one leads to the project', async () => {
    const { page, server } = bench;
    await page.goto(`${server.url}/sign-in`);
    await page.waitForSelector('[data-page=sign-in]');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByLabel('Email address').fill('ada@example.com');
    await page.getByLabel('Password').fill('wrong words');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=do not belong together');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByLabel('Password').fill('right words');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/p/default');
    const me = await page.evaluate(`fetch('/api/v1/me').then((answer) => answer.json())`);
    expect(me).toMatchObject({ user: { email: 'ada@example.com' }, role: 'OWNER' });
  });
});
