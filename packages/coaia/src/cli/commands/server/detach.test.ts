import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOpener } from './browser.ts';
import { isAtWork } from './process-state.ts';
import { openTestHome } from './testing.ts';
import type { TestHome } from './testing.ts';

describe('the server in the background', { timeout: 90_000 }, () => {
  let home: TestHome;
  beforeEach(async () => {
    home = await openTestHome();
  });
  afterEach(() => home.close());

  const detach = async () => {
    const { code, stdout, stderr } = await home.run(['up', '--detach', '--port', '0', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as { url: string; pid: number; signInUrl: string };
  };

  it('answers when the command returns, logs to the home, and stops', async () => {
    const { url, pid, signInUrl } = await detach();
    expect((await fetch(`${url}/api/public/health`)).status).toBe(200);
    expect((await fetch(signInUrl, { redirect: 'manual' })).headers.get('location')).toBe('/');
    const log = await readFile(join(home.home, 'logs/server.log'), 'utf8');
    expect(log).toContain(`ready url=${url}`);
    expect(log).not.toMatch(/sk-lf-|\?k=/);
    const status = await home.run(['status', '--json']);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({
      running: true,
      url,
      pid,
      store: join(home.home, 'coaia.db'),
      health: { status: 'OK' },
    });
    const down = await home.run(['down']);
    expect([down.code, down.stdout]).toEqual([0, `Stopped ${url} (pid ${pid}).\n`]);
    expect(isAtWork(pid)).toBe(false);
    expect((await home.run(['down'])).stdout).toMatch(/^No server runs on /);
    expect((await home.run(['status'])).code).toBe(1);
  });

  it('says why it could not start', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const refused = await home.run(['up', '--detach', '--port', String(port)]);
    taken.close();
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(`Port ${port} on 127.0.0.1 is taken.`);
  });

  it('opens the page, a trace, or prints the link', async () => {
    const none = await home.run(['open']);
    expect([none.code, none.stdout]).toEqual([1, '']);
    expect(none.stderr).toContain('coaia up');
    const { url } = await detach();
    const { publicKey, secretKey } = JSON.parse(
      await readFile(join(home.home, 'credentials.json'), 'utf8'),
    ) as { publicKey: string; secretKey: string };
    const events = ['older', 'a/b'].map((id, index) => ({
      id,
      type: 'trace-create',
      timestamp: '2026-01-01T00:00:00Z',
      body: { id, timestamp: `2026-01-0${index + 1}T00:00:00Z` },
    }));
    const sent = await fetch(`${url}/api/public/ingestion`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}` },
      body: JSON.stringify({ batch: events }),
    });
    expect(sent.status).toBe(207);
    const open = async (...words: string[]) => {
      const { code, stdout } = await home.run(['open', ...words]);
      expect(code).toBe(0);
      const answer = await fetch(stdout.trim(), { redirect: 'manual' });
      return answer.headers.get('location');
    };
    expect(await open()).toBe('/');
    expect(await open('@last')).toBe('/p/default/traces/a%2Fb');
    expect(await open('older')).toBe('/p/default/traces/older');
    const unknown = await home.run(['open', 'nothing']);
    expect([unknown.code, unknown.stdout]).toEqual([1, '']);
  });

  it('finds a browser only where somebody would see it', () => {
    const PATH = process.env['PATH'] ?? '';
    expect(findOpener({ PATH }, 'linux')).toBeUndefined();
    expect(findOpener({ DISPLAY: ':0', PATH: '/nowhere' }, 'linux')).toBeUndefined();
    const hasOpener = spawnSync('which', ['xdg-open']).status === 0;
    expect(findOpener({ DISPLAY: ':0', PATH }, 'linux')).toEqual(
      hasOpener ? ['xdg-open'] : undefined,
    );
    expect(findOpener({}, 'darwin')).toEqual(['open']);
    expect(findOpener({}, 'win32')?.[0]).toBe('cmd');
  });
});
