/** The calls about comments over the embedded store. */
import { findProject } from '#access';
import { invalidRequest } from '#base';
import type { Scope } from '#base';
import type { CommentsApi } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import { createComment, getComment, listComments } from './comments.ts';
import { commentBody, commentListQuery } from './schema.ts';

/** The same checks as over HTTP. */
export function createLocalComments(ports: ObservabilityPorts, scope: Scope): CommentsApi {
  return {
    createComment: async (input) => createComment(ports, scope, parse(commentBody, input)),
    listComments: async (query) => listComments(ports, scope, parse(commentListQuery, query)),
    getComment: (commentId) => getComment(ports, scope, commentId),
    async listProjects() {
      const project = await findProject(ports.db, scope.projectId);
      return { data: project === undefined ? [] : [project] };
    },
  };
}

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

function parse<T>(schema: Schema<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : `${issue.path.map(String).join('.')}: `;
  throw invalidRequest(`${where}${issue?.message ?? 'invalid'}.`, result.error.issues);
}
