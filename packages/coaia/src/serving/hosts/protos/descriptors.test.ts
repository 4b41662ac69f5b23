import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readProto } from './read-protos.ts';
import { messageOf, protoFiles, serviceOf } from './registry.ts';

const FILES = ['anops.proto', 'health.proto', 'inference.proto', 'reflection-v1.proto'];

const out = join(mkdtempSync(join(tmpdir(), 'coaia-protos-')), 'set.bin');
const made = spawnSync('protoc', ['-I.', `--descriptor_set_out=${out}`, ...FILES], {
  cwd: import.meta.dirname,
});
const hasProtoc = made.status === 0;
afterAll(() => rmSync(dirname(out), { recursive: true }));

describe.skipIf(!hasProtoc)(
  `protoc${hasProtoc ? '' : ' (not run: protoc is not installed)'}`,
  () => {
    /** After a change of a .proto file: `vitest run packages/coaia/src/serving/hosts/protos -u`. */
    test('the committed descriptors are those of the .proto files', async () => {
      const lines =
        brotliCompressSync(readFileSync(out))
          .toString('base64')
          .match(/.{1,90}/gu) ?? [];
      const text = [
        '/** Descriptors of the .proto files beside it, brotli in base64; written by descriptors.test.ts. */',
        'export const DESCRIPTORS = [',
        ...lines.map((line) => `  '${line}',`),
        "].join('');",
        '',
      ].join('\n');
      await expect(text).toMatchFileSnapshot('./descriptors.ts');
    });
  },
);

test('every file is there, by name and as text', () => {
  expect(protoFiles().map(({ name }) => name)).toEqual([...FILES, 'reflection-v1alpha.proto']);
  const alpha = serviceOf('grpc.reflection.v1alpha.ServerReflection').methods[0];
  expect(alpha?.input.typeName).toBe('grpc.reflection.v1alpha.ServerReflectionRequest');
  expect(readProto('anops')).toContain('rpc Predict');
  expect(readProto('inference')).toContain('service GRPCInferenceService');
});

test('field numbers of the protocol', () => {
  const numbers = (name: string) =>
    Object.fromEntries(messageOf(name).fields.map((field) => [field.name, field.number]));
  expect(numbers('inference.ModelInferRequest')).toEqual({
    model_name: 1,
    model_version: 2,
    id: 3,
    parameters: 4,
    inputs: 5,
    outputs: 6,
    raw_input_contents: 7,
  });
  expect(numbers('inference.ModelInferResponse')).toMatchObject({
    outputs: 5,
    raw_output_contents: 6,
  });
  expect(numbers('anops.PredictRequest')).toEqual({
    input_data: 1,
    rows: 2,
    model: 3,
    version: 4,
    request_id: 5,
    tags: 6,
  });
  expect(numbers('anops.PredictResponse')).toEqual({
    output_data: 1,
    outputs: 2,
    model_version: 3,
    trace_id: 4,
    warnings: 5,
  });
  expect(() => messageOf('inference.Nothing')).toThrow('inference.Nothing');
});
