/** ONNX models in a thread, with the engine that comes with us. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Field } from '../signatures/signature.ts';
import { hasOnnx, makeOnnxModel, readExpected, readRows } from '../testing/fixtures.ts';
import type { OnnxKind } from '../testing/fixtures.ts';
import { closeVersions, field, makeFolder, openVersion, toBatch } from './testing/versions.ts';

const { skip, note } = hasOnnx();
const open = (kind: OnnxKind, inputs: readonly Field[]) => {
  const folder = makeFolder();
  makeOnnxModel(folder, kind);
  const manifest = { artifact: `${kind}.onnx` };
  const made = openVersion({ language: 'onnx', folder, inputs, manifest });
  return made;
};
const cars = () => readRows('cars');

describe.skipIf(skip)(`ONNX${note}`, () => {
  afterAll(closeVersions);

  it('columns by name, and one matrix of all columns, answer the same numbers', async () => {
    const inputs = [field('wt'), field('hp')];
    const { prediction } = readExpected('linear');
    for (const kind of ['named', 'linear'] as const) {
      const { runtime, predictEach } = open(kind, inputs);
      expect(await predictEach(cars())).toEqual(prediction);
      const { outputs } = await runtime.predict(toBatch(inputs, cars()), { requestId: 'a' });
      expect(outputs).toMatchObject([{ name: 'prediction', datatype: 'FP32', shape: [8] }]);
      expect(runtime.info.platform).toBe('onnx_onnxruntime');
      expect(runtime.health()).toMatchObject({ state: 'ready', workers: 1, isSandboxed: true });
    }
  });

  it('a matrix of rows goes in as it is', async () => {
    const inputs = [field('X', 'number', { shape: [2] })];
    const { predictEach } = open('linear', inputs);
    const rows = cars().map((row) => ({ X: [row['wt'], row['hp']] }));
    expect(await predictEach(rows)).toEqual(readExpected('linear').prediction);
  });

  it('a classifier answers labels and probabilities', async () => {
    const inputs = [field('features', 'number', { shape: [4] })];
    const { runtime } = open('onnx-classifier', inputs);
    const rows = [{ features: [9, 0, 0, 0] }, { features: [0, 0, 9, 0] }];
    const { outputs } = await runtime.predict(toBatch(inputs, rows), { requestId: 'a' });
    expect(outputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual([
      ['label', 'INT64', [2]],
      ['probability', 'FP32', [2, 3]],
    ]);
    expect([...(outputs[0]?.data ?? [])]).toEqual([0n, 1n]);
  });

  it('halves go in and out, several outputs beside each other', async () => {
    const inputs = [field('a'), field('b')];
    const { runtime } = open('half', inputs);
    const rows = [
      { a: 1.5, b: 2 },
      { a: 0.1, b: -3 },
    ];
    const { outputs } = await runtime.predict(toBatch(inputs, rows), { requestId: 'a' });
    // 0.1 of 16 bits is 0.0999755859375; sums and products are rounded to 16 bits again, ties to even.
    expect(outputs.map(({ name, datatype, data }) => [name, datatype, [...data]])).toEqual([
      ['sum', 'FP16', [3.5, -2.900_390_625]],
      ['product', 'FP16', [3, -0.299_804_687_5]],
    ]);
  });

  it('a column that is missing is the model`s failure, a file that is no model AO642', async () => {
    const { runtime } = open('named', [field('wt')]);
    await expect(
      runtime.predict(toBatch([field('wt')], [{ wt: 2 }]), { requestId: 'a' }),
    ).rejects.toMatchObject({ code: 'AO450', cause: { message: 'the column hp is missing' } });
    const folder = makeFolder();
    writeFileSync(join(folder, 'no.onnx'), 'no model');
    const bad = openVersion({
      language: 'onnx',
      folder,
      inputs: [],
      manifest: { artifact: 'no.onnx' },
    });
    await expect(bad.runtime.ready()).rejects.toMatchObject({ code: 'AO642' });
  });
});
