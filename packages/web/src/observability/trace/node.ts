import type { ObservationLevel, ObservationType, Score } from '@coaia/client';
import type { TraceRow } from '../traces/trace-row.ts';

/** An observation as the tree carries it: no input, no output, so that ten thousand are light. */
export interface TraceNode {
  readonly id: string;
  readonly parentId: string | null;
  readonly type: ObservationType;
  readonly name: string | null;
  /** Milliseconds from the start of the trace; may have a fraction. */
  readonly startMs: number;
  /** Null while it runs. */
  readonly durationMs: number | null;
  readonly level: ObservationLevel;
  readonly statusMessage: string | null;
  readonly model: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  /** USD. */
  readonly totalCost: number | null;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  readonly timeToFirstTokenMs: number | null;
}

/** `GET /api/v1/projects/{p}/traces/{id}/tree`. */
export interface TraceTreeAnswer {
  readonly trace: TraceRow & { readonly startTime?: string };
  readonly nodes: readonly TraceNode[];
  readonly scores: readonly Score[];
}

/** Hue and letter of a type; always shown with its name. */
export const typeLooks: Readonly<
  Record<ObservationType, { readonly hue: string; readonly letter: string; readonly label: string }>
> = {
  SPAN: { hue: 'slate', letter: 'S', label: 'Span' },
  GENERATION: { hue: 'indigo', letter: 'G', label: 'Generation' },
  AGENT: { hue: 'teal', letter: 'A', label: 'Agent' },
  TOOL: { hue: 'amber', letter: 'T', label: 'Tool' },
  CHAIN: { hue: 'violet', letter: 'C', label: 'Chain' },
  RETRIEVER: { hue: 'cyan', letter: 'R', label: 'Retriever' },
  EMBEDDING: { hue: 'pink', letter: 'M', label: 'Embedding' },
  EVALUATOR: { hue: 'green', letter: 'V', label: 'Evaluator' },
  GUARDRAIL: { hue: 'red', letter: 'U', label: 'Guardrail' },
  EVENT: { hue: 'grey', letter: 'E', label: 'Event' },
};
