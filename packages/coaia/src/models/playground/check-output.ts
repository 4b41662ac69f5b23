/** Whether what a model wrote has the form that was asked for, by zod's reading of JSON Schema. */
import { withRequiredNamed } from '#base';
import type { SchemaCheck } from '@coaia/client';
import { z } from 'zod';

/** Also tells when the text is no JSON, or when the schema says what cannot be checked. */
export function checkOutput(schema: Readonly<Record<string, unknown>>, text: string): SchemaCheck {
  let form: z.ZodType;
  try {
    form = z.fromJSONSchema(withRequiredNamed(schema) as typeof schema);
  } catch (error) {
    return refuse([`The schema cannot be checked: ${(error as Error).message}`]);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(['The answer is no JSON.']);
  }
  const result = form.safeParse(value);
  if (result.success) return { isValid: true, problems: [] };
  return refuse(
    result.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
    ),
  );
}

function refuse(problems: readonly string[]): SchemaCheck {
  return { isValid: false, problems };
}
