/** What an MCP server shows: tools, resources and prompts, each asked for when a client asks. */
import type { Tool, ToolContext } from './tool.ts';

export interface ResourceEntry {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
}

export interface Resources {
  readonly list: () => Promise<readonly ResourceEntry[]>;
  /** Addresses with `{name}` in them. */
  readonly templates: readonly ResourceEntry[];
  /** The content, or undefined when there is no such resource. */
  readonly read: (uri: string) => Promise<unknown>;
}

export interface PromptEntry {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
  /** With `{{name}}` where an argument goes. */
  readonly text: string;
}

export interface McpSurface {
  readonly instructions: string;
  readonly context: ToolContext;
  readonly tools: () => Promise<readonly Tool[]>;
  readonly resources?: Resources;
  readonly prompts?: readonly PromptEntry[];
}
