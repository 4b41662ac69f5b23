/** The ten steps of the seed's end-to-end workflow, without Docker: the images are written by the program itself. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPython } from '../../packages/coaia/src/serving/testing/fixtures.ts';
import { openDesk } from './serving.ts';
import type { Desk } from './serving.ts';

const python = hasPython();

describe.skipIf(python.skip)(`from nothing to a checked service in ten steps${python.note}`, () => {
  let desk: Desk;
  let url = '';
  const adder = () => join(desk.folder, 'adder');
  const read = (file: string) => readFileSync(join(adder(), file), 'utf8');
  beforeAll(() => {
    desk = openDesk();
  });
  afterAll(() => desk.close());

  it('1: ao init makes the project', async () => {
    const made = await desk.ao(['init', 'adder', '--lang', 'python']);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    for (const part of ['ao.toml', 'model-service', 'model-interface', 'api-service'])
      expect(existsSync(join(adder(), part)), part).toBe(true);
    expect(made.stdout + made.stderr).toMatch(/ao check[^]*ao run up/);
  });

  it('2: a simple model in Python', () => {
    writeFileSync(
      join(adder(), 'model-service/model.py'),
      '"""Adds two numbers."""\n\n\ndef predict(a: float, b: float = 1.0) -> float:\n    """Add.\n\n    a: the first number\n    b: the second number\n    """\n    return a + b\n',
    );
    writeFileSync(join(adder(), 'model-service/examples.csv'), 'a,b\n1,2\n3.5,4\n');
    writeFileSync(
      join(adder(), 'model-service/tests/test_model.py'),
      'from model import predict\n\n\ndef test_adds():\n    assert predict(1.0, 2.0) == 3.0\n',
    );
  });

  it('3: the contract follows the model', async () => {
    const stale = await desk.ao(['check', '--only', 'interface', '--json'], 'adder');
    expect(stale.code).toBe(1);
    expect(stale.stdout).toContain('AO210');
    const fixed = await desk.ao(['check', '--only', 'interface', '--fix'], 'adder');
    expect(fixed, fixed.stdout + fixed.stderr).toMatchObject({ code: 0 });
    expect(read('model-interface/anops.proto')).toContain('service AnOps');
    expect(read('model-interface/adder.proto')).toMatch(/service Model[^]*double a/);
  });

  it('4: ao build writes images without an engine', async () => {
    const words = ['build', '--no-check', '--engine', 'none', '--json'];
    const built = await desk.ao(words, 'adder');
    // A Python model needs a base image with Python; the sentence says so, and nothing else is missing.
    expect(built.code === 0 || built.stderr.includes('base'), built.stderr).toBe(true);
  });

  it('5: both services run', async () => {
    const words = ['run', 'up', '--detach', '--link', 'grpc', '--port', '0', '--json'];
    const up = await desk.ao(words, 'adder');
    expect(up, up.stderr).toMatchObject({ code: 0 });
    const ready = JSON.parse(up.stdout) as { readonly url: string; readonly host: string };
    url = ready.url;
    expect(ready.host).toMatch(/:\d+$/);
    const shown = await desk.ao(['run', 'ps'], 'adder');
    expect(shown.stdout).toMatch(/gateway[^]*host|host[^]*gateway/);
  });

  it('6 to 9: a request goes through both services to Python and back', async () => {
    const response = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ a: 1, b: 2 }, { a: 2.5 }]),
    });
    expect(await response.json()).toMatchObject({ predictions: [3, 3.5], version: '1' });
    const wrong = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ a: 'x' }),
    });
    expect(wrong.status).toBe(422);
  });

  it('10: ao check finds nothing', async () => {
    const checked = await desk.ao(['check'], 'adder');
    expect(checked, checked.stdout + checked.stderr).toMatchObject({ code: 0 });
    const down = await desk.ao(['run', 'down'], 'adder');
    expect(down.code).toBe(0);
    await expect(fetch(`${url}/health`)).rejects.toThrow(/fetch failed/);
  });
});
