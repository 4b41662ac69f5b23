/** Holds an answer against the form that the server's own OpenAPI document declares for it. */
import { z } from 'zod';
import type { ApiServer } from './api-server.ts';
import { listOperations, toKey } from './reference/compare.ts';
import type { Document, OurOperation } from './reference/compare.ts';

/** Says what of an answer is not as declared, one line for each place; empty when all is. */
export type DeclaredCheck = (method: string, path: string, body: unknown) => string[];

/** Reads the document once; `path` in the check is a template, as `/api/public/traces/{traceId}`. */
export async function readDeclared(server: ApiServer): Promise<DeclaredCheck> {
  const { body: document } = await server.read('/api/v1/openapi.json');
  const operations = listOperations(document as Document);
  return (method, path, body) => {
    const schema = toAnswerSchema(operations.get(toKey(method, path)));
    if (schema === undefined) return [`${method} ${path} declares no form of its answer`];
    const checked = z.fromJSONSchema(schema).safeParse(body);
    return checked.success
      ? []
      : checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  };
}

function toAnswerSchema(operation: OurOperation | undefined) {
  const done = Object.entries(operation?.responses ?? {}).find(([code]) => code.startsWith('2'));
  return done?.[1].content?.['application/json']?.schema;
}
