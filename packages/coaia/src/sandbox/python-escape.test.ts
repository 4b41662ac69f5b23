/** Hostile Python: each attack is stopped or finds nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCoaiaError } from '#base';
import { runPython } from './index.ts';
import { findBox } from './testing.ts';

const { note, skip } = await findBox();

const run = (body: string, timeoutMs = 5000) =>
  runPython({
    source: `import os, sys, socket, subprocess, threading, ctypes\ndef evaluate(x):\n  ${body.replaceAll('\n', '\n  ')}`,
    entry: 'evaluate',
    input: null,
    timeoutMs,
  });
const code = (body: string, timeoutMs?: number) =>
  run(body, timeoutMs).then(
    (value) => `returned ${JSON.stringify(value)}`,
    (error: unknown) => (isCoaiaError(error) ? error.code : 'another error'),
  );
/** The class of what an attempt raises. */
const attempt = (body: string) =>
  run(
    `try:\n  ${body.replaceAll('\n', '\n  ')}\nexcept BaseException as e:\n  return type(e).__name__`,
  );

/** Processes on this machine whose command line has the word. */
const findProcesses = (word: string) =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(word) && !line.startsWith('ps '));

describe.skipIf(skip)(`Python in the box${note}`, () => {
  let folder = '';
  const server = createServer();
  let knocks = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'coaia-box-'));
    writeFileSync(join(folder, 'secret'), 'secret');
    server.on('connection', () => knocks++);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['a loop', 'while True: pass'],
    ['a sleep', 'import time\ntime.sleep(60)'],
    [
      'a loop that takes no signal',
      'import signal\nfor n in range(1, 65):\n  try: signal.signal(n, signal.SIG_IGN)\n  except (OSError, ValueError): pass\nwhile True: pass',
    ],
  ])('%s is killed, with everything', async (_name, body) => {
    expect(await code(body, 800)).toBe('COAIA-0750');
    // Workers of models have boxes too, and live.
    expect(findProcesses('python3 -I -B -c')).toEqual([]);
  });

  it('memory is bounded', async () =>
    expect(await code('a = []\nwhile True: a.append(bytearray(10**6))')).toBe('COAIA-0751'));
  it('so is what maps memory', async () =>
    expect(await attempt('import mmap\nreturn len(mmap.mmap(-1, 2**30))')).toMatch(/Error/));
  it('so is the stack', async () =>
    expect(await code('f = lambda n: f(n + 1)\nreturn f(0)')).toBe('COAIA-0751'));
  it('so is the disk', async () =>
    expect(
      await attempt(
        'for n in range(64):\n  with open(f"/tmp/{n}", "wb") as f: f.write(b"x" * 2**20)',
      ),
    ).toBe('OSError'));
  it('so is a forked process', async () =>
    expect(await attempt('os.fork()\nreturn "forked"')).toBe('BlockingIOError'));
  it('so is a bomb of threads', async () =>
    expect(await attempt('while True: threading.Thread(target=lambda: None).start()')).toBe(
      'RuntimeError',
    ));
  it('so is a command', async () =>
    expect(await attempt('subprocess.run(["/bin/true"])\nreturn "ran"')).toBe('BlockingIOError'));
  it('so is the answer', async () =>
    expect(await code('return "x" * (2 * 10**6)')).toBe('COAIA-0753'));
  it('limits cannot be raised', async () =>
    expect(
      await attempt('import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (99, 99))'),
    ).toBe('ValueError'));

  it('files of this machine are not there', async () => {
    expect(await attempt(`return open(${JSON.stringify(join(folder, 'secret'))}).read()`)).toBe(
      'FileNotFoundError',
    );
    for (const path of ['/etc/passwd', '/root', '/home', '/proc/1/environ', '/var', '/sys'])
      expect(await run(`return os.path.exists(${JSON.stringify(path)})`)).toBe(false);
    // The program's own working directory neither.
    expect(await run('return os.listdir(os.getcwd())')).toEqual([]);
  });

  it.each(['/x', '/usr/x', '/usr/lib/python3/x', '/dev/x/y'])(
    '%s cannot be written',
    async (path) =>
      expect(await attempt(`open(${JSON.stringify(path)}, "w")`)).toMatch(
        /OSError|PermissionError|FileNotFoundError/,
      ),
  );

  it('what is written to /tmp stays inside', async () => {
    const name = `coaia-${process.pid}-inside`;
    expect(await run(`open("/tmp/${name}", "w").write("a")\nreturn os.listdir("/tmp")`)).toEqual([
      name,
    ]);
    expect(existsSync(`/tmp/${name}`)).toBe(false);
    expect(await run('return os.listdir("/tmp")')).toEqual([]);
  });

  it('the network is not there', async () => {
    const { port } = server.address() as AddressInfo;
    expect(await attempt(`socket.create_connection(("127.0.0.1", ${port}), 1)\nreturn 1`)).toMatch(
      /Error/,
    );
    expect(await attempt('socket.create_connection(("192.0.2.1", 80), 1)\nreturn 1')).toBe(
      'OSError',
    );
    expect(await attempt('return socket.getaddrinfo("example.com", 80)')).toBe('gaierror');
    expect(knocks).toBe(0);
  });

  it('the environment is empty and nobody runs there', async () => {
    process.env['COAIA_TEST_CANARY'] = 'canary';
    const env = (await run('return dict(os.environ)')) as Record<string, string>;
    delete process.env['COAIA_TEST_CANARY'];
    expect(Object.keys(env).toSorted()).toEqual(
      ['HOME', 'LANG', 'PATH', 'PWD'].filter((name) => name in env),
    );
    expect(await run('return [os.getuid(), os.getgid()]')).toEqual([65_534, 65_534]);
  });

  it('signals reach nobody outside', async () => {
    expect(await attempt(`os.kill(${process.pid}, 0)\nreturn "reached"`)).toBe(
      'ProcessLookupError',
    );
    expect(await run('return os.getpid()')).toBeLessThan(10);
  });

  it('rights cannot be had by system calls', async () => {
    const call = (body: string) =>
      run(`c = ctypes.CDLL(None, use_errno=True)\nreturn [${body}, ctypes.get_errno()]`);
    // mount, chroot, sethostname: EPERM.
    expect(await call('c.mount(b"none", b"/tmp", b"tmpfs", 0, None)')).toEqual([-1, 1]);
    expect(await call('c.chroot(b"/tmp")')).toEqual([-1, 1]);
    expect(await call('c.sethostname(b"x", 1)')).toEqual([-1, 1]);
    expect(await attempt('os.setuid(0)')).toMatch(/OSError|PermissionError/);
  });
});
