import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createWorkerIdentity, isDead } from './worker-identity.ts';

describe.skipIf(process.platform !== 'linux')('a worker', () => {
  it('is known to be dead only when its very process is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { name, key } = createWorkerIdentity(child.pid);
    expect(name).toMatch(new RegExp(`:${child.pid}$`));
    expect(isDead(key)).toBe(false);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(isDead(key)).toBe(true);
  });

  it('of another machine, container or boot is left to its lease', () => {
    const { key } = createWorkerIdentity();
    const [namespace = '', start = '', pid = '', nonce = ''] = key.split('/');
    const [, ticks] = start.split(':');
    expect(isDead(key)).toBe(false);
    expect(isDead([namespace, `${start}0`, pid, nonce].join('/'))).toBe(true);
    expect(isDead(['pid:[1]', `${start}0`, pid, nonce].join('/'))).toBe(false);
    expect(isDead([namespace, `other-boot:${ticks}`, pid, nonce].join('/'))).toBe(false);
    expect(isDead([namespace, '', pid, nonce].join('/'))).toBe(false);
    expect(isDead('')).toBe(false);
  });
});
