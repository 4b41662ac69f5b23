/**
 * Checks of item values against a dataset's JSON Schemas, by zod's reading of JSON Schema. What zod cannot hold a
 * value to (`if`/`then`/`else`, `not`, `dependentSchemas`, `unevaluated...`, references to other documents,
 * constraints without a `type`) is refused when the schema is set, so a stored schema is always enforced.
 */
import { isObject, withRequiredNamed } from '#base';
import { z } from 'zod';
import type { ZodType } from 'zod';
import { datasetFailures } from '../datasets/errors.ts';
import { findUntyped } from './find-untyped.ts';

export type SchemaField = 'input' | 'expectedOutput';

/** Compiles a schema. Fails with COAIA-2102 when it is no JSON Schema or says what cannot be checked. */
export function parseValueSchema(schema: unknown, field: SchemaField): ZodType | undefined {
  if (schema === null || schema === undefined) return undefined;
  try {
    if (!isObject(schema)) throw new TypeError('a schema is a JSON object');
    const untyped = findUntyped(schema);
    if (untyped !== undefined) throw new TypeError(`"${untyped}" stands without a "type"`);
    return z.fromJSONSchema(withRequiredNamed(schema) as typeof schema);
  } catch (error) {
    throw datasetFailures.create(
      'COAIA-2102',
      `The ${field} schema cannot be used: ${(error as Error).message}.`,
      { cause: error },
    );
  }
}

/** What is wrong with a value, one sentence per place; empty when it satisfies the schema. */
export function findValueProblems(
  schema: ZodType | undefined,
  field: SchemaField,
  value: unknown,
): readonly string[] {
  const result = schema?.safeParse(value);
  if (result === undefined || result.success) return [];
  return result.error.issues.map(
    ({ path, message }) => `${[field, ...path].join('.')}: ${message}`,
  );
}
