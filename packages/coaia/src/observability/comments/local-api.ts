/** The calls about comments over the embedded store. */
import { findProject } from '#access';
import type { Scope } from '#base';
import type { CommentsApi } from '@coaia/client';
import { parseRequest } from '../parse-request.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { createComment, getComment, listComments } from './comments.ts';
import { commentBody, commentListQuery } from './schema.ts';

/** The same checks as over HTTP. */
export function createLocalComments(ports: ObservabilityPorts, scope: Scope): CommentsApi {
  return {
    createComment: async (input) => createComment(ports, scope, parseRequest(commentBody, input)),
    listComments: async (query) =>
      listComments(ports, scope, parseRequest(commentListQuery, query)),
    getComment: (commentId) => getComment(ports, scope, commentId),
    async listProjects() {
      const project = await findProject(ports.db, scope.projectId);
      return { data: project === undefined ? [] : [project] };
    },
  };
}
