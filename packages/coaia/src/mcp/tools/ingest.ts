/** Sends events; what the server refuses fails the tool. */
import { randomUUID } from 'node:crypto';
import { isObject, systemClock, toIso } from '#base';
import type { McpApi } from '#main/open-mcp';
import { mcpErrors } from '../errors.ts';
import type { ToolAnswer } from '../tool.ts';

export interface DraftEvent {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface IngestionAnswer {
  readonly successes: readonly { readonly id: string; readonly status: number }[];
  readonly errors: readonly {
    readonly id: string;
    readonly status: number;
    readonly message?: string;
    readonly error?: unknown;
  }[];
}

/** Stores events; resolves with the answer of the server. Rejects with COAIA-0804 when one is refused. */
export async function sendEvents(api: McpApi, drafts: readonly DraftEvent[]): Promise<ToolAnswer> {
  const timestamp = toIso(systemClock());
  const batch = drafts.map((draft) => ({ id: randomUUID(), timestamp, ...draft }));
  const answer = await api.request<IngestionAnswer>('POST', ['ingestion'], { body: { batch } });
  const [refused] = answer.errors;
  if (refused === undefined) return { ...answer };
  const more = answer.errors.length > 1 ? ` and ${answer.errors.length - 1} more` : '';
  throw mcpErrors.create('COAIA-0804', `The server refused it${more}: ${toReason(refused)}`, {
    details: answer,
  });
}

function toReason({ message, error }: IngestionAnswer['errors'][number]): string {
  const [issue] = Array.isArray(error) ? (error as readonly unknown[]) : [];
  if (!isObject(issue)) return message ?? 'no reason given';
  const path = Array.isArray(issue['path']) ? issue['path'].join('.') : '';
  return `${path} ${String(issue['message'])}`.trim();
}

/** Members that are not undefined. */
export function toGiven(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
