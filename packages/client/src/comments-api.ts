/** Comments on traces, observations, sessions and prompts. */
import type { CoaiaClient } from './client.ts';
import type { Paged, Project } from './wire.ts';

export type CommentObjectType = 'TRACE' | 'OBSERVATION' | 'SESSION' | 'PROMPT';

export interface Comment {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly objectType: CommentObjectType;
  readonly objectId: string;
  readonly content: string;
  readonly authorUserId: string | null;
}

export interface CommentInput {
  readonly projectId: string;
  readonly objectType: CommentObjectType;
  readonly objectId: string;
  /** 1 to 5,000 characters. */
  readonly content: string;
  readonly authorUserId?: string;
}

export interface CommentQuery {
  readonly page?: number;
  readonly limit?: number;
  readonly objectType?: CommentObjectType;
  /** Only together with `objectType`. */
  readonly objectId?: string;
  readonly authorUserId?: string;
}

/** The calls about comments, the same over the embedded store and over HTTP. */
export interface CommentsApi {
  createComment(input: CommentInput): Promise<{ readonly id: string }>;
  listComments(query: CommentQuery): Promise<Paged<Comment>>;
  getComment(commentId: string): Promise<Comment>;
  listProjects(): Promise<{ readonly data: readonly Project[] }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createCommentsApi(client: CoaiaClient): CommentsApi {
  return {
    createComment: (input) => client.request('POST', ['comments'], { body: input }),
    listComments: (query) => client.request('GET', ['comments'], { query }),
    getComment: (commentId) => client.request('GET', ['comments', commentId]),
    listProjects: () => client.listProjects(),
  };
}
