import { expect, test } from 'vitest';
import { findReferences } from './media-references.ts';

const A = '@@@langfuseMedia:type=image/png|id=AAAA|source=bytes@@@';
const B = '@@@langfuseMedia:source=file|id=BBBB|type=audio/x-m4a@@@';

const find = (input: unknown, expectedOutput: unknown = null, metadata: unknown = null) =>
  findReferences({
    input,
    expectedOutput,
    metadata,
  }).map(({ field, jsonPath, mediaId }) => `${field} ${jsonPath} ${mediaId}`);

test('finds references wherever they stand, in order', () => {
  expect(find(A, { a: [B, { b: `see ${A} and ${B} and ${A}` }] }, { 'x.y': A })).toEqual([
    'input $ AAAA',
    "expectedOutput $['a'][0] BBBB",
    "expectedOutput $['a'][1]['b'] AAAA",
    "expectedOutput $['a'][1]['b'] BBBB",
    "metadata $['x.y'] AAAA",
  ]);
});

test('escapes what ends a name in a path', () => {
  expect(find({ "it's": { 'a\\b': A } })).toEqual(["input $['it\\'s']['a\\\\b'] AAAA"]);
});

test.each([
  '@@@langfuseMedia:type=image/png|id=AAAA@@@',
  '@@@langfuseMedia:id=AAAA|source=bytes@@@',
  '@@@langfuseMedia:type=image/png|id=|source=bytes@@@',
  '@@@langfuseMedia:@@@',
  '@@@langfuseMedia:type=image/png|id=AAAA|source=bytes',
  'plain text',
])('sees none in %s', (text) => {
  expect(find({ text })).toEqual([]);
});

test('goes through values of any depth', () => {
  let value: unknown = A;
  for (let depth = 0; depth < 20_000; depth++) value = [value];
  expect(find(value)).toHaveLength(1);
});
