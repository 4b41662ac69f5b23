/** A tool is data plus one handler, whatever way it is offered. */
import type { McpApi } from '#main/open-mcp';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a tool takes: always an object. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

export type ToolArguments = Readonly<Record<string, unknown>>;

/** What a tool answers; `success` is added. */
export type ToolAnswer = Readonly<Record<string, unknown>>;

export interface ToolContext {
  /** Opened on the first call. */
  readonly api: () => Promise<McpApi>;
  /** Folders whose files tools may read. */
  readonly folders: readonly string[];
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly input: InputSchema;
  /** Changes nothing. */
  readonly isReadOnly: boolean;
  /** Takes something away that does not come back. */
  readonly isDestructive?: boolean;
  /** The operation behind it, when it is one. */
  readonly operation?: string;
  /** Throws CoaiaError for refusals. */
  readonly run: (context: ToolContext, input: ToolArguments) => Promise<ToolAnswer>;
}

export const TEXT: JsonSchema = { type: 'string' };
export const FLAG: JsonSchema = { type: 'boolean' };
export const COUNT: JsonSchema = { type: 'integer', minimum: 1 };
export const TEXTS: JsonSchema = { type: 'array', items: TEXT };
/** Object, text or list. */
export const CONTENT: JsonSchema = { type: ['object', 'string', 'array', 'number', 'boolean'] };
export const OBJECT: JsonSchema = { type: 'object' };

/** The same schema with a sentence about it. */
export function toDescribed(schema: JsonSchema, description: string): JsonSchema {
  return { ...schema, description };
}
