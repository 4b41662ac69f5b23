import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHome } from './testing.ts';
import type { TestHome } from './testing.ts';

describe('the first start', () => {
  let home: TestHome;
  beforeEach(async () => {
    home = await openTestHome();
  });
  afterEach(() => home.close());

  it('makes one project and one pair, however many programs begin at once', async () => {
    const words = ['fuse', 'traces', 'create', '--name', 'first'];
    const results = await Promise.all(Array.from({ length: 12 }, () => home.run(words)));
    expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
    const { stdout } = await home.run(['up', '--detach', '--port', '0', '--json']);
    const { url } = JSON.parse(stdout) as { url: string };
    const link = (await home.run(['open'])).stdout.trim();
    const cookie = (await fetch(link, { redirect: 'manual' })).headers.get('set-cookie') ?? '';
    const answer = await fetch(`${url}/api/public/traces`, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(await answer.json()).toMatchObject({ meta: { totalItems: 12 } });
  }, 90_000);
});
