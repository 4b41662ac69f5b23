/** Model files can run code when they are opened: inside the box it reaches nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasPython,
  hasR,
  makeRModel,
  makeSklearnModel,
  PYTHON,
  readRows,
} from '../testing/fixtures.ts';
import { closeVersions, field, makeFolder, openVersion, toBatch } from './testing/versions.ts';
import type { MakeOptions } from './testing/versions.ts';

const python = hasPython();
const open = (options: Partial<MakeOptions>) =>
  openVersion({
    language: 'python',
    inputs: [field('x')],
    isSandboxed: true,
    ...options,
  });
const ask = async (code: string, more: Partial<MakeOptions> = {}) => {
  const { runtime } = open({ code: `import os, socket\ndef predict(x):\n    ${code}\n`, ...more });
  const { outputs } = await runtime.predict(toBatch([field('x')], [{ x: 1 }]), { requestId: 'a' });
  return outputs[0]?.data[0];
};
/** What everybody on this machine sees of running processes. */
const readCommandLines = () => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });

describe.skipIf(python.skip)(`hostile models${python.note}`, () => {
  let knocks = 0;
  const server = createServer(() => {
    knocks += 1;
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    server.close();
    await closeVersions();
  });

  it('a pickle that writes a file and calls home does neither', async () => {
    const folder = makeFolder();
    const marker = join(makeFolder(), 'marker');
    const { port } = server.address() as AddressInfo;
    const attack = `
import pickle, sys
class Attack:
    def __reduce__(self):
        code = ("for step in (lambda: open('${marker}', 'w').write('x'), lambda: open('${folder}/inside', 'w').write('x'),"
            " lambda: __import__('socket').create_connection(('127.0.0.1', ${port}), 1)):\\n"
            "    try: step()\\n"
            "    except OSError: pass\\n")
        return exec, (code,)
with open(sys.argv[1], "wb") as file:
    pickle.dump(Attack(), file)
`;
    execFileSync(PYTHON, ['-c', attack, join(folder, 'model.pkl')]);
    const bad = open({ folder, manifest: { artifact: 'model.pkl' } });
    // It has run: what it left behind is None, which is no model.
    await expect(bad.runtime.ready()).rejects.toMatchObject({
      code: 'AO642',
      message: expect.stringContaining('class NoneType has no predict') as string,
    });
    expect([existsSync(marker), existsSync(join(folder, 'inside')), knocks]).toEqual([
      false,
      false,
      0,
    ]);
    // The same file without the box does all three: the attack is a real one.
    const plain = open({ folder, manifest: { artifact: 'model.pkl' }, isSandboxed: false });
    await expect(plain.runtime.ready()).rejects.toMatchObject({ code: 'AO642' });
    expect([existsSync(marker), existsSync(join(folder, 'inside'))]).toEqual([true, true]);
    await expect.poll(() => knocks).toBe(1);
  });

  it('the environment, other files and other processes are not there', async () => {
    process.env['COAIA_TEST_CANARY'] = 'canary';
    const secret = join(makeFolder(), 'secret');
    writeFileSync(secret, 'secret');
    const declared = { env: { MODEL_KEY: 'declared-97' } };
    expect(
      await ask('return os.environ.get("COAIA_TEST_CANARY", os.environ["MODEL_KEY"])', declared),
    ).toBe('declared-97');
    delete process.env['COAIA_TEST_CANARY'];
    expect(
      await ask(
        `return os.path.exists("${secret}") or os.path.exists("/etc/passwd") or os.path.exists("/proc/1")`,
      ),
    ).toBe(false);
    expect(readCommandLines()).not.toContain('declared-97');
    expect(await ask('return os.getpid() < 20 and os.getuid()')).toBe(65_534n);
    expect(await ask('return open("/tmp/mine", "w").write("x")')).toBe(1n);
  });

  it('models of scikit-learn and R work inside, and health says where they are', async () => {
    const inputs = [field('wt'), field('hp')];
    const folder = makeFolder();
    makeSklearnModel(folder, 'forest');
    const forest = open({ folder, inputs, manifest: { artifact: 'forest.joblib', workers: 2 } });
    expect(await forest.predictEach(readRows('cars').slice(0, 2))).toHaveLength(2);
    expect(forest.runtime.health()).toMatchObject({ state: 'ready', isSandboxed: true });
    expect(forest.runtime.health().bytes).toBeGreaterThan(10_000_000);
    const plain = open({
      folder,
      inputs,
      manifest: { artifact: 'forest.joblib' },
      isSandboxed: false,
    });
    await plain.runtime.ready();
    expect(plain.runtime.health().isSandboxed).toBe(false);
  });

  it('a virtual environment anywhere on the disk is seen', async () => {
    const folder = makeFolder();
    execFileSync(PYTHON, [
      '-m',
      'venv',
      '--without-pip',
      '--system-site-packages',
      join(folder, 'venv'),
    ]);
    const site = execFileSync(
      join(folder, 'venv/bin/python'),
      ['-c', 'import site; print(site.getsitepackages()[0])'],
      { encoding: 'utf8' },
    );
    writeFileSync(join(site.trim(), 'only_here.py'), 'ANSWER = 42\n');
    const interpreter = join(folder, 'venv/bin/python');
    expect(await ask('import numpy, only_here; return only_here.ANSWER', { interpreter })).toBe(
      42n,
    );
  });

  it('where a box is required and cannot be, nothing is loaded: AO644', async () => {
    const code = 'def predict(x):\n    return x\n';
    const made = open({ code, bubblewrap: '/no/bwrap' });
    await expect(made.runtime.ready()).rejects.toMatchObject({
      code: 'AO644',
      message: expect.stringContaining('bwrap is not installed') as string,
    });
    const plain = open({ code, bubblewrap: '/no/bwrap', isSandboxed: 'auto' });
    await plain.runtime.ready();
    expect(plain.runtime.health().isSandboxed).toBe(false);
    expect(plain.lines).toMatchObject([
      { level: 'warn', text: expect.stringMatching(/without a sandbox: .*bwrap/) as string },
    ]);
  });

  it('values of declared secrets are in no line, warning or trace', async () => {
    const { runtime, lines } = open({
      isSandboxed: false,
      env: { TOKEN: 'hush-hush-42' },
      code: `import os, warnings
def predict(x):
    print("out", os.environ["TOKEN"])
    warnings.warn("warned " + os.environ["TOKEN"])
    if x > 1:
        raise ValueError("failed " + os.environ["TOKEN"])
    return os.environ["TOKEN"]
`,
    });
    const inputs = [field('x')];
    const call = (x: number) => runtime.predict(toBatch(inputs, [{ x }]), { requestId: 'a' });
    const { outputs, warnings } = await call(1);
    expect(outputs[0]?.data[0]).toBe('hush-hush-42');
    const error = await call(2).catch((error_: unknown) => error_);
    const { message, trace } = (error as Error).cause as Error & { readonly trace: string };
    await expect.poll(() => lines.some(({ level }) => level === 'error')).toBe(true);
    const said = JSON.stringify([warnings, message, trace, lines]);
    expect(said).not.toContain('hush-hush');
    expect(said).toContain('out ***');
    expect(said).toContain('failed ***');
  });

  it.skipIf(hasR().skip)('R too', async () => {
    const folder = makeFolder();
    makeRModel(folder, 'glm');
    const inputs = [field('wt'), field('hp')];
    const glm = open({ language: 'r', folder, inputs, manifest: { artifact: 'glm.rds' } });
    expect(await glm.predictEach([{ wt: 2.62, hp: 110 }])).toEqual([
      expect.closeTo(0.842_335_536_516_938, 12),
    ]);
    expect(glm.runtime.health().isSandboxed).toBe(true);
  });
});
