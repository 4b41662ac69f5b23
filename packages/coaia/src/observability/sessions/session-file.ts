/**
 * `session.yml`: which session somebody works in and the traces added to it, in the form that CoAiAPy writes:
 * `session_id` and `nodes`, a list of `{trace_id, name}`.
 */
import { resolve } from 'node:path';
import { isObject } from '#base';
import { readSmallFile, writeWholeFile } from '#config';
import { terminalFailures } from '../terminal/errors.ts';

export interface SessionNode {
  readonly trace_id: string;
  readonly name: string;
}

export interface SessionFile {
  readonly session_id: string | null;
  readonly nodes: readonly SessionNode[];
}

export const EMPTY_SESSION: SessionFile = { session_id: null, nodes: [] };

/** Content of the file; undefined when there is none. Throws COAIA-1063 when it is no session file. */
export async function readSessionFile(path: string, cwd: string): Promise<SessionFile | undefined> {
  const text = readSmallFile(resolve(cwd, path));
  if (text === undefined) return undefined;
  const { parse } = await import('yaml');
  try {
    const file = toSessionFile(parse(text));
    if (file !== undefined) return file;
  } catch (error) {
    throw damaged(path, error);
  }
  throw damaged(path);
}

function damaged(path: string, cause?: unknown) {
  return terminalFailures.create(
    'COAIA-1063',
    `${path} is no session file: it needs session_id and a list of nodes.`,
    { hint: 'move the file away, or name another one with --file', cause },
  );
}

function toSessionFile(value: unknown): SessionFile | undefined {
  if (value === null) return EMPTY_SESSION;
  if (!isObject(value)) return undefined;
  const { session_id: id = null, nodes = [] } = value;
  if (id !== null && typeof id !== 'string') return undefined;
  if (!Array.isArray(nodes) || !nodes.every(isNode)) return undefined;
  return { session_id: id, nodes };
}

function isNode(value: unknown): value is SessionNode {
  return (
    isObject(value) && typeof value['trace_id'] === 'string' && typeof value['name'] === 'string'
  );
}

/** Replaces the file in one step. */
export async function writeSessionFile(
  path: string,
  cwd: string,
  session: SessionFile,
): Promise<void> {
  writeWholeFile(resolve(cwd, path), await toSessionYaml(session));
}

/** The text of the file. */
export async function toSessionYaml(session: SessionFile): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify({ session_id: session.session_id, nodes: session.nodes });
}
