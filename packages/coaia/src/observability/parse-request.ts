/** Parsing of what commands say, with the same schemas and the same refusals as over HTTP. */
import { invalidRequest } from '#base';

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The parsed value. Fails with COAIA-0002, naming the first field that is wrong. */
export function parseRequest<T>(schema: Schema<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : `${issue.path.map(String).join('.')}: `;
  throw invalidRequest(`${where}${issue?.message ?? 'invalid'}.`, result.error.issues);
}
