/** The schema says what the reader does. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJsonSchema } from './json-schema.ts';
import { compileReader } from './reader.ts';
import type { Signature } from './signature.ts';
import { field } from './testing/field.ts';

const SIGNATURE: Signature = {
  task: 'regression',
  description: 'Miles per gallon.',
  inputs: [
    field('wt', { trained: { min: 1.5, max: 5.4 }, description: 'Weight in 1000 lb.' }),
    field('cyl', { type: 'category', datatype: 'BYTES', levels: ['4', '6'] }),
    field('gear', {
      type: 'integer',
      datatype: 'INT64',
      min: 1,
      max: 9,
      required: false,
      default: 4,
    }),
    field('note', { type: 'string', datatype: 'BYTES', nullable: true }),
    field('pair', { shape: [2] }),
    field('any', { shape: [-1], required: false }),
    field('on', { type: 'boolean', datatype: 'BOOL' }),
    field('day', { type: 'date', datatype: 'BYTES' }),
  ],
  outputs: [field('prediction')],
  example: { wt: 2.6, cyl: '6', note: 'x', pair: [1, 2], on: true, day: '2024-02-29' },
};

describe('JSON Schema', () => {
  it('is strict, described and has an example that fits', () => {
    const schema = toJsonSchema(SIGNATURE);
    expect(schema).toMatchObject({
      description: 'Miles per gallon.',
      required: ['wt', 'cyl', 'note', 'pair', 'on', 'day'],
      additionalProperties: false,
      properties: {
        wt: { type: 'number', description: 'Weight in 1000 lb. Seen in training: 1.5 to 5.4.' },
        cyl: { type: 'string', enum: ['4', '6'] },
        gear: { type: 'integer', minimum: 1, maximum: 9, default: 4 },
        pair: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
      },
    });
    const validate = new Ajv2020({ validateFormats: false }).compile(schema);
    expect(validate(SIGNATURE.example)).toBe(true);
    expect(validate({ ...SIGNATURE.example, wt: '2' })).toBe(false);
    expect(toJsonSchema(SIGNATURE, 'outputs')).toMatchObject({ required: ['prediction'] });
  });

  it('agrees with the reader', () => {
    const validate = new Ajv2020({ validateFormats: false }).compile(toJsonSchema(SIGNATURE));
    const reader = compileReader(SIGNATURE, { onNa: 'reject', outOfRange: 'flag' });
    const changes = fc.record(
      {
        wt: fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.constant('1'),
          fc.constant(null),
        ),
        cyl: fc.constantFrom('4', '5', true),
        gear: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constant(2.5)),
        note: fc.oneof(fc.string(), fc.constant(null), fc.constant(1)),
        pair: fc.array(fc.integer(), { maxLength: 3 }),
        any: fc.array(fc.integer(), { maxLength: 3 }),
        on: fc.constantFrom(true, false, 1, 'true'),
        more: fc.constant(1),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(changes, (change) => {
        const row = { ...SIGNATURE.example, ...change };
        let isTaken = true;
        try {
          reader.readRows([row]);
        } catch {
          isTaken = false;
        }
        expect(isTaken).toBe(validate(row));
      }),
      { numRuns: 200 },
    );
  });
});
