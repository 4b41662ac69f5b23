/** How each operation is called by the suites, and what form its answer has; one list per noun. */
import { ADMIN_CASES } from './admin-cases.ts';
import type { ApiServer } from './api-server.ts';
import { COMMENT_CASES } from './comment-cases.ts';
import { CONNECTION_CASES } from './connection-cases.ts';
import { DASHBOARD_CASES } from './dashboard-cases.ts';
import { DATASET_CASES } from './dataset-cases.ts';
import { EVALUATOR_CASES } from './evaluator-cases.ts';
import { EXPORT_CASES } from './export-cases.ts';
import { MODEL_CASES } from './model-cases.ts';
import { PROMPT_CASES } from './prompt-cases.ts';
import { QUEUE_CASES } from './queue-cases.ts';
import { SCORE_CASES } from './score-cases.ts';
import { ANSWERS } from './shapes.ts';
import type { Shape } from './shapes.ts';

/** Ids that address parameters and bodies take. */
export type Ids = Readonly<Record<string, string>>;

export interface OperationCase {
  /** Form of the answer. */
  readonly answer: Shape;
  /** 200 when absent. */
  readonly status?: number;
  /** Sent as JSON; calling it several times changes nothing that others read. */
  readonly body?: unknown;
  /** Query of operations that cannot be called without one; takes the ids that `prepare` returned. */
  readonly query?: (made: Ids) => string;
  /** Runs before each call: makes what the call takes away. */
  readonly before?: (server: ApiServer) => Promise<unknown>;
  /** Address parameters that differ from those of everybody. */
  readonly ids?: Ids;
  /** Fields that every answer makes anew, such as signed addresses. */
  readonly fresh?: readonly string[];
  /** A Bearer public key may call it as well. */
  readonly isForScores?: boolean;
}

export interface NounCases {
  readonly cases: Readonly<Record<string, OperationCase>>;
  /** Makes what the cases read; returns the ids that only the server knows, by address parameter. */
  readonly prepare?: (server: ApiServer) => Promise<Ids>;
}

const PLAIN: NounCases = {
  cases: Object.fromEntries(Object.entries(ANSWERS).map(([id, answer]) => [id, { answer }])),
};

/** Every noun that is here. Operations of none of them answer 404. */
const NOUNS: readonly NounCases[] = [
  ADMIN_CASES,
  PLAIN,
  SCORE_CASES,
  PROMPT_CASES,
  DATASET_CASES,
  EVALUATOR_CASES,
  MODEL_CASES,
  COMMENT_CASES,
  EXPORT_CASES,
  CONNECTION_CASES,
  QUEUE_CASES,
  DASHBOARD_CASES,
];

export const CASES: Readonly<Record<string, OperationCase>> = Object.assign(
  {},
  ...NOUNS.map(({ cases }) => cases),
);

/** Makes what all cases read. */
export async function prepareCases(server: ApiServer): Promise<Ids> {
  const ids: Record<string, string> = {};
  for (const { prepare } of NOUNS) Object.assign(ids, await prepare?.(server));
  return ids;
}
