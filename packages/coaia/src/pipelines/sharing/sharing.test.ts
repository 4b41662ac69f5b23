import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openShare, template } from './testing.ts';

const { installed, place, run, write } = openShare();

/** A pack of `mine`, as its object. */
async function makePack(fields: Readonly<Record<string, unknown>> = {}) {
  write('source.json', template(fields));
  await run('pipeline pack ./source.json -o mine.pack.json');
  return JSON.parse(readFileSync(join(place.cwd, 'mine.pack.json'), 'utf8')) as {
    templates: { name: string; text: string; digest: string; version: string }[];
    publicKey?: string;
    signature?: string;
  };
}

describe('pack and install', () => {
  it('carry a template with what it extends, signed, and pin it', async () => {
    mkdirSync(join(place.home, '.coaia/templates'), { recursive: true });
    writeFileSync(join(place.home, '.coaia/templates/base.json'), template({ name: 'base' }));
    write('child.json', template({ name: 'child', extends: 'base', steps: [] }));
    const packed = await run('pipeline pack ./child.json -o child.pack.json --json');
    expect(packed.code).toBe(0);
    const { publisher } = JSON.parse(packed.stdout) as { publisher: string };
    expect(publisher).toMatch(/^ed25519:[\w-]{43}$/);
    expect(statSync(join(place.home, '.coaia/keys/publisher.pem')).mode & 0o777).toBe(0o600);

    const asked = await run('pipeline install child.pack.json');
    expect([asked.code, asked.stderr]).toStrictEqual([
      2,
      expect.stringContaining(`Signed by ${publisher}, seen for the first time`),
    ]);
    expect(existsSync(installed('child.json'))).toBe(false);

    expect((await run('pipeline install child.pack.json --yes')).code).toBe(0);
    expect(existsSync(installed('base.json'))).toBe(true);
    const lock = JSON.parse(
      readFileSync(join(place.cwd, '.coaia/templates.lock'), 'utf8'),
    ) as unknown;
    expect(lock).toMatchObject({
      templates: {
        base: { version: '1.0.0', publisher },
        child: {
          version: '1.0.0',
          publisher,
          source: 'child.pack.json',
          digest: expect.stringMatching(/^sha256:[\da-f]{64}$/) as string,
        },
      },
    });
    const again = await run('pipeline install child.pack.json');
    expect([again.code, again.stdout]).toStrictEqual([
      0,
      expect.stringContaining('Unchanged child'),
    ]);
    expect(again.stderr).toContain('known since');
    expect((await run('pipeline verify')).stdout).toBe(
      'same    base 1.0.0  (child.pack.json)\nsame    child 1.0.0  (child.pack.json)\n',
    );
  });

  it('refuse a pack that was changed', async () => {
    const pack = await makePack();
    const [first] = pack.templates;
    if (first === undefined) throw new TypeError('the pack is empty');
    const attacks = [
      { ...pack, templates: [{ ...first, text: template({ author: 'x' }) }] },
      { ...pack, templates: [{ ...first, version: '9.0.0' }] },
      { ...pack, signature: Buffer.alloc(64).toString('base64') },
      { ...pack, publicKey: undefined },
      { ...pack, publicKey: 'AAAA' },
    ];
    for (const attack of attacks) {
      write('bad.json', JSON.stringify(attack));
      const { code, stderr } = await run('pipeline install bad.json --yes');
      expect([code, stderr]).toStrictEqual([1, expect.stringContaining('COAIA-5321')]);
      expect((await run('pipeline verify bad.json')).code).toBe(1);
    }
    expect(existsSync(installed('mine.json'))).toBe(false);
  });

  it.each(['../evil', '/etc/evil', 'a/b', '..', 'a\\b', '.hidden', 'x'.repeat(300), 'a\u0000b'])(
    'write nowhere else: %j',
    async (name) => {
      const pack = await makePack();
      const [first] = pack.templates;
      write('bad.json', JSON.stringify({ ...pack, templates: [{ ...first, name }] }));
      expect((await run('pipeline install bad.json --yes')).stderr).toContain('COAIA-5320');
      write('bad.json', template({ name }));
      expect((await run('pipeline install bad.json --yes')).code).toBe(1);
      expect(existsSync(join(place.cwd, '.coaia/templates.lock'))).toBe(false);
    },
  );

  it('do not follow a link that lies in wait, and replace no file of the user', async () => {
    mkdirSync(join(place.cwd, '.coaia/templates'), { recursive: true });
    writeFileSync(join(place.home, 'precious'), 'precious');
    symlinkSync(join(place.home, 'precious'), installed('mine.json'));
    write('source.json', template());
    const linked = await run('pipeline install source.json --yes --force');
    expect(linked.stderr).toContain('COAIA-5007');
    expect(readFileSync(join(place.home, 'precious'), 'utf8')).toBe('precious');
    rmSync(installed('mine.json'));
    writeFileSync(installed('mine.json'), template({ author: 'me' }));
    expect((await run('pipeline install source.json --yes')).stderr).toContain('COAIA-5007');
    expect((await run('pipeline install source.json --yes --force')).code).toBe(0);
  });

  it('let what comes along replace nothing from elsewhere', async () => {
    mkdirSync(join(place.cwd, 'first'));
    mkdirSync(join(place.cwd, 'second'));
    write('first/good.json', template({ name: 'good' }));
    await run('pipeline install first');
    write('second/a.json', template({ name: 'a' }));
    write('second/good.json', template({ name: 'good', version: '6.6.6' }));
    const { code, stderr } = await run('pipeline install second --yes');
    expect([code, stderr]).toStrictEqual([1, expect.stringContaining('COAIA-5007')]);
    expect(existsSync(installed('a.json'))).toBe(false);
    write('first/good.json', template({ name: 'good', version: '1.1.0' }));
    expect((await run('pipeline install first')).stdout).toContain('Installed good 1.1.0');
    write('good.yaml', 'name: good\nversion: 2.0.0\nsteps: [{name: x}]\n');
    expect((await run('pipeline install good.yaml --force')).stderr).toContain('COAIA-5007');
  });

  it('ask before steps that do something, and say what', async () => {
    write(
      'source.yaml',
      'name: busy\nversion: 1.0.0\nsteps:\n  - {name: a, action: shell, with: {command: [touch, pwned]}}\n',
    );
    const asked = await run('pipeline install source.yaml');
    expect(asked.stderr).toMatch(
      /Signed by nobody[^]*Steps of busy that do something: shell\.[^]*COAIA-0504/,
    );
    expect((await run('pipeline install source.yaml --yes')).code).toBe(0);
    expect(existsSync(join(place.cwd, 'pwned'))).toBe(false);
  });

  it('refuse another publisher than before', async () => {
    await makePack();
    expect((await run('pipeline install mine.pack.json --yes')).code).toBe(0);
    rmSync(join(place.home, '.coaia/keys/publisher.pem'));
    await makePack({ author: 'somebody else' });
    const { code, stderr } = await run('pipeline install mine.pack.json --yes');
    expect([code, stderr]).toStrictEqual([1, expect.stringContaining('COAIA-5322')]);
    const accepted = await run('pipeline install mine.pack.json --yes --trust-new-publisher');
    expect(accepted.code).toBe(0);
  });

  it('verify finds what was changed or is gone', async () => {
    write('source.json', template());
    await run('pipeline install source.json');
    writeFileSync(installed('mine.json'), template({ author: 'me' }));
    const changed = await run('pipeline verify mine');
    expect([changed.code, changed.stdout]).toStrictEqual([
      1,
      'changed mine 1.0.0  (source.json)\n',
    ]);
    expect(changed.stderr).toContain('COAIA-5325');
    rmSync(installed('mine.json'));
    expect((await run('pipeline verify')).stdout).toContain('gone    mine');
    expect((await run('pipeline verify other')).stderr).toContain('COAIA-5320');
  });
});
