import type { Scope } from '#base';
import { openTestDatabases } from '#store/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createOrganizationKey, createProjectKey } from '../api-keys/api-keys.ts';
import { openAdminApp, toBasic } from '../testing.ts';
import type { AdminApp } from '../testing.ts';
import { createTokenBuckets } from './token-bucket.ts';

const LOCAL: Scope = { projectId: 'default', level: 'project', via: 'local' };
const [database] = openTestDatabases();

describe('the limit of keys', () => {
  let admin: AdminApp | undefined;
  afterEach(() => admin?.close());

  const open = async (options: Parameters<typeof openAdminApp>[1] = {}) => {
    admin = await openAdminApp(await database!.open(), options);
    return admin;
  };
  const readStatuses = async (send: AdminApp['asProject'], count: number) => {
    const statuses = [];
    for (let n = 0; n < count; n++) statuses.push((await send('GET', '/projects')).status);
    return statuses;
  };

  it('says when to come back, and holds nobody else up', async () => {
    let now = 1_790_000_000_000;
    const { asProject, asOrganization, ports, sendAs } = await open({
      clock: () => now,
      requestsPerMinute: 3,
    });
    expect(await readStatuses(asProject, 3)).toEqual([200, 200, 200]);
    const refused = await asProject('GET', '/projects');
    expect([refused.status, refused.body.error]).toEqual([429, 'RateLimitError']);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '20',
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1790000060',
    });
    const other = await createProjectKey(ports, LOCAL, 'default', {});
    const asOther = sendAs(toBasic([other.publicKey, other.secretKey]));
    expect(await readStatuses(asOther, 3)).toEqual([200, 200, 200]);
    expect((await asOrganization('GET', '/organizations/projects')).status).toBe(200);
    now += 20_000;
    expect(await readStatuses(asProject, 2)).toEqual([200, 429]);
    now += 600_000;
    expect(await readStatuses(asProject, 4)).toEqual([200, 200, 200, 429]);
  });

  it('is none unless the server or the key has one', async () => {
    const { asProject, ports, sendAs } = await open({ clock: () => 1_790_000_000_000 });
    expect(new Set(await readStatuses(asProject, 50))).toEqual(new Set([200]));
    const slow = await createProjectKey(ports, LOCAL, 'default', { requestsPerMinute: 1 });
    const asSlow = sendAs(toBasic([slow.publicKey, slow.secretKey]));
    expect(await readStatuses(asSlow, 2)).toEqual([200, 429]);
  });

  it('also holds for keys of organizations', async () => {
    const { ports, sendAs } = await open({
      clock: () => 1_790_000_000_000,
      requestsPerMinute: 1,
    });
    const key = await createOrganizationKey(ports, LOCAL, {});
    const send = sendAs(toBasic([key.publicKey, key.secretKey]));
    expect((await send('GET', '/organizations/projects')).status).toBe(200);
    expect((await send('GET', '/organizations/projects')).status).toBe(429);
  });

  it('lets everybody pass when the limiter fails, and says so', async () => {
    const lines: string[] = [];
    const { asProject } = await open({
      requestsPerMinute: 1,
      limiter: { take: () => Promise.reject(new Error('the counter is away')) },
      log: (line) => lines.push(line),
    });
    expect(await readStatuses(asProject, 3)).toEqual([200, 200, 200]);
    expect(lines).toEqual([expect.stringContaining('the counter is away')]);
  });
});

describe('token buckets', () => {
  it('survive a clock that is set back and forget names that are full again', async () => {
    let now = 1_000_000;
    const buckets = createTokenBuckets(() => now);
    const take = async (name: string) => (await buckets.take(name, 1)).isAllowed;
    expect([await take('a'), await take('a')]).toEqual([true, false]);
    now -= 500_000;
    expect(await take('a')).toBe(false);
    now += 60_000;
    expect(await take('a')).toBe(true);
  });
});
