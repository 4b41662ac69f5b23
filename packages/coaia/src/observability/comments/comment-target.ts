/** What a comment on the command line is about. */
import type { CommentObjectType } from '@coaia/client';
import { COMMENT_OBJECTS } from './comment.ts';
import { commentFailures } from './errors.ts';

export const targetOptions = {
  'trace-id': { type: 'string', placeholder: 'ID', summary: 'About this trace' },
  'observation-id': { type: 'string', placeholder: 'ID', summary: 'About this observation' },
  'session-id': { type: 'string', placeholder: 'ID', summary: 'About this session' },
  'prompt-id': { type: 'string', placeholder: 'ID', summary: 'About this prompt version' },
  'object-type': {
    type: 'string',
    choices: COMMENT_OBJECTS,
    placeholder: 'TYPE',
    summary: 'Type of the object that --object-id names',
  },
  'object-id': { type: 'string', placeholder: 'ID', summary: 'About this object' },
  author: {
    type: 'string',
    aliases: ['author-id'],
    placeholder: 'ID',
    summary: 'Id of the user who says so',
  },
} as const;

type TargetName =
  | 'trace-id'
  | 'observation-id'
  | 'session-id'
  | 'prompt-id'
  | 'object-type'
  | 'object-id';
type TargetValues = { readonly [K in TargetName]: string | undefined };

export interface CommentTarget {
  readonly objectType: CommentObjectType;
  readonly objectId: string;
}

const NAMED = [
  ['trace-id', 'TRACE'],
  ['observation-id', 'OBSERVATION'],
  ['session-id', 'SESSION'],
  ['prompt-id', 'PROMPT'],
] as const;

/** The one object that options and arguments name, else the current trace. Throws COAIA-1101. */
export function findCommentTarget(
  options: TargetValues,
  positional: CommentTarget | undefined,
  currentTrace: string | undefined,
): CommentTarget {
  const targets = NAMED.flatMap(([option, objectType]) => {
    const objectId = options[option];
    return objectId === undefined ? [] : [{ objectType, objectId }];
  });
  if (positional !== undefined) targets.push(positional);
  const pair = toPair(options);
  if (pair !== undefined) targets.push(pair);
  if (targets.length === 0 && currentTrace !== undefined && currentTrace !== '')
    return { objectType: 'TRACE', objectId: currentTrace };
  const [only] = targets;
  if (only !== undefined && targets.length === 1) return only;
  const message =
    only === undefined
      ? 'Nothing says what the comment is about.'
      : 'The comment is about two things.';
  throw commentFailures.create('COAIA-1101', message, {
    hint: 'coaia fuse comments post "text" --trace-id ID',
  });
}

function toPair(options: TargetValues): CommentTarget | undefined {
  const { 'object-type': objectType, 'object-id': objectId } = options;
  if (objectType === undefined && objectId === undefined) return undefined;
  if (objectType !== undefined && objectId !== undefined)
    return { objectType: objectType as CommentObjectType, objectId };
  throw commentFailures.create(
    'COAIA-1101',
    '--object-type and --object-id belong together; one of them is missing.',
  );
}

/** A type as people write it, in any case. Throws COAIA-1101. */
export function parseObjectType(text: string): CommentObjectType {
  const found = COMMENT_OBJECTS.find((type) => type === text.toUpperCase());
  if (found !== undefined) return found;
  throw commentFailures.create(
    'COAIA-1101',
    `${JSON.stringify(text)} is no type of object; it is one of ${COMMENT_OBJECTS.join(', ').toLowerCase()}.`,
  );
}
