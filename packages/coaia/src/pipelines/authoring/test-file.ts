/** Tests of a template: a file of cases beside it. */
import { dirname, join } from 'node:path';
import { isObject } from '#base';
import { readSmallFile } from '#config';
import { z } from 'zod';
import { parseDocument } from '../templates/document.ts';
import { templateFailures } from '../templates/errors.ts';
import { toFormat } from '../templates/reference.ts';

const values = z.record(z.string(), z.unknown());

const expectedStep = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  type: z.string().optional(),
  /** Id or name. */
  parent: z.string().nullable().optional(),
  action: z.string().optional(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  metadata: values.optional(),
});

const testCase = z.strictObject({
  name: z.string().min(1),
  vars: values.default({}),
  /** Absent: the case is compared with its snapshot. */
  expect: z
    .strictObject({
      count: z.int().min(0).optional(),
      steps: z.array(expectedStep).optional(),
      /** Names or ids that must not be there. */
      absent: z.array(z.string()).optional(),
      /** Part of the message with which rendering must fail, or its code. */
      error: z.string().optional(),
    })
    .optional(),
});

const testCases = z.array(testCase).min(1).max(1000);

export type TestCase = z.infer<typeof testCase>;
export type ExpectedStep = z.infer<typeof expectedStep>;

export interface TestFile {
  readonly path: string;
  readonly cases: readonly TestCase[];
}

/** The cases in the first of the folders that has a file of them. Throws COAIA-5001 and COAIA-5011. */
export async function readTestFile(
  name: string,
  templatePath: string | null,
  folders: readonly string[],
): Promise<TestFile> {
  const places = [...(templatePath === null ? [] : [dirname(templatePath)]), ...folders];
  const candidates = places.flatMap((folder) =>
    ['json', 'yaml', 'yml'].map((ending) => join(folder, `${name}.test.${ending}`)),
  );
  for (const path of candidates) {
    const text = readSmallFile(path);
    if (text !== undefined) return { path, cases: await parseCases(path, text) };
  }
  throw templateFailures.create('COAIA-5011', `The template ${name} has no tests.`, {
    hint: `write them to ${candidates[0] ?? `${name}.test.json`}`,
  });
}

async function parseCases(path: string, text: string): Promise<readonly TestCase[]> {
  const { value, problem } = await parseDocument(text, toFormat(path) ?? 'json');
  if (problem !== undefined) {
    const where = problem.line === null ? path : `${path}, line ${problem.line}`;
    throw templateFailures.create('COAIA-5001', `${where}: ${problem.message}.`);
  }
  const result = testCases.safeParse(isObject(value) ? value['tests'] : value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw templateFailures.create(
    'COAIA-5001',
    `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'this is no list of cases'}.`,
  );
}
