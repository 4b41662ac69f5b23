/** One claimed evaluation: evaluates, and writes scores and outcome together or not at all. */
import { isCoaiaError, notFound, toIso } from '#base';
import type { IngestionEvent, Scope } from '#base';
import type { EvaluationRow, Transaction } from '#store';
import { evaluatorFailures } from '../evaluators/errors.ts';
import { parseAssignments, parseDefinition } from '../evaluators/evaluator.ts';
import type { StoredEvaluator } from '../evaluators/evaluator.ts';
import { readEvaluator } from '../evaluators/storage.ts';
import { readRule } from '../evaluation-rules/storage.ts';
import { evaluate } from './evaluate.ts';
import type { Judged } from './evaluate.ts';
import type { CodeScore } from './code.ts';
import { toKey } from './evaluation.ts';
import type { EvaluationPorts } from './ports.ts';
import { writeOutcome } from './storage.ts';
import type { Outcome } from './storage.ts';
import { readSubject } from './subject.ts';

/** Attempts before a passing trouble counts as lasting. */
const MOST_ATTEMPTS = 4;
/** Wait after the first attempt; it doubles. */
const BACKOFF_MS = 15_000;

/** Too many requests, a failing server, no connection, no answer in time. */
const PASSING = new Set(['COAIA-4005', 'COAIA-4006', 'COAIA-4009', 'COAIA-4010']);
/** No such connection, or its key is refused: every evaluation would fail, so the evaluator waits. */
const PAUSING: Readonly<Record<string, string>> = {
  'COAIA-2250': 'model_config_invalid',
  'COAIA-4000': 'model_config_invalid',
  'COAIA-4001': 'model_config_invalid',
  'COAIA-4004': 'provider_authentication_failed',
};

/** Runs an evaluation that `claim` holds. Never rejects for what the evaluation itself does. */
export async function runEvaluation(
  ports: EvaluationPorts,
  row: EvaluationRow,
  claim: string,
  signal?: AbortSignal,
): Promise<void> {
  const scope: Scope = { projectId: row.project_id, level: 'project', via: 'local' };
  const executionTraceId = toKey(`execution ${row.id}`);
  const evaluator = await readEvaluator(ports.db, row.project_id, row.evaluator_id);
  try {
    if (row.attempts > MOST_ATTEMPTS) throw givenUp(row.attempts);
    if (evaluator === undefined) throw notFound('Evaluator', row.evaluator_id);
    const judged = await judgeRow(ports, scope, { row, evaluator, executionTraceId, signal });
    await finish(ports, scope, { row, claim, evaluator, judged });
  } catch (error) {
    if (signal?.aborted === true) await release(ports, row, claim);
    else await fail(ports, { row, claim, evaluator, executionTraceId, error });
  }
}

interface JudgeRow {
  readonly row: EvaluationRow;
  readonly evaluator: StoredEvaluator;
  readonly executionTraceId: string;
  readonly signal: AbortSignal | undefined;
}

async function judgeRow(
  ports: EvaluationPorts,
  scope: Scope,
  { row, evaluator, executionTraceId, signal }: JudgeRow,
): Promise<Judged> {
  const subject = await readSubject(ports.db, row.project_id, row);
  if (subject === undefined)
    throw evaluatorFailures.create('COAIA-2262', 'What was to be evaluated is not there any more.');
  const rule =
    row.rule_id === null ? undefined : await readRule(ports.db, row.project_id, row.rule_id);
  const assignment =
    rule && parseAssignments(rule).find(({ evaluatorId }) => evaluatorId === row.evaluator_id);
  return evaluate(ports, scope, {
    evaluator,
    definition: parseDefinition(evaluator.definition),
    mapping: assignment?.variableMapping ?? null,
    subject,
    executionTraceId,
    signal,
    origin: {
      evaluationId: row.id,
      targetTraceId: row.trace_id,
      ...(row.observation_id === null ? {} : { targetObservationId: row.observation_id }),
      ...(row.rule_id === null ? {} : { evaluationRuleId: row.rule_id }),
    },
  });
}

interface Finished {
  readonly row: EvaluationRow;
  readonly claim: string;
  readonly evaluator: StoredEvaluator;
  readonly judged: Judged;
}

/** The score ids are made from the evaluation's id, so a repetition writes the same scores. */
async function finish(
  ports: EvaluationPorts,
  scope: Scope,
  { row, claim, evaluator, judged }: Finished,
): Promise<void> {
  const now = ports.clock();
  const subject = await readSubject(ports.db, row.project_id, row);
  const events = judged.scores.map((score, index) =>
    toScoreEvent({ row, evaluator, judged, score, now }, index, subject?.environment),
  );
  await ports.db.write(async (tx) => {
    const isOurs = await writeOutcome(
      tx,
      row,
      { claim, now },
      {
        status: 'done',
        evaluator_version: evaluator.version,
        execution_trace_id: judged.executionTraceId,
        error_code: null,
        error_message: null,
        finished_at: now,
        score_ids: JSON.stringify(events.map(({ body }) => (body as { readonly id: string }).id)),
      },
    );
    if (isOurs) await recordScores(ports, tx, scope, events);
  });
}

/** A score config that does not exist, or that the score does not keep to, is a fault of the evaluator. */
async function recordScores(
  { recorder }: EvaluationPorts,
  tx: Transaction,
  scope: Scope,
  events: readonly IngestionEvent[],
): Promise<void> {
  try {
    await recorder.record(tx, scope, events);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw evaluatorFailures.create('COAIA-2261', `The scores were refused: ${error.message}`);
  }
}

interface ScoreParts extends Omit<Finished, 'claim'> {
  readonly score: CodeScore;
  readonly now: number;
}

function toScoreEvent(
  { row, evaluator, judged, score, now }: ScoreParts,
  index: number,
  environment: string | undefined,
): IngestionEvent {
  const id = toKey(`score ${row.id} ${index}`);
  const value = typeof score.value === 'boolean' ? Number(score.value) : score.value;
  return {
    id: `${id}-${row.attempts}`,
    type: 'score-create',
    timestamp: toIso(now),
    body: {
      id,
      traceId: row.trace_id,
      ...(row.observation_id === null ? {} : { observationId: row.observation_id }),
      name: score.name,
      value,
      dataType: score.dataType,
      source: 'EVAL',
      comment: score.comment,
      ...(score.configId === undefined ? {} : { configId: score.configId }),
      ...(environment === undefined ? {} : { environment }),
      metadata: {
        ...(score.metadata as object | undefined),
        evaluationId: row.id,
        evaluatorId: evaluator.id,
        evaluatorVersion: evaluator.version,
        ...(row.rule_id === null ? {} : { evaluationRuleId: row.rule_id }),
        ...(judged.executionTraceId === null ? {} : { executionTraceId: judged.executionTraceId }),
      },
    },
  };
}

interface Failed {
  readonly row: EvaluationRow;
  readonly claim: string;
  readonly evaluator: StoredEvaluator | undefined;
  readonly executionTraceId: string;
  readonly error: unknown;
}

async function fail(
  { db, clock }: EvaluationPorts,
  { row, claim, evaluator, executionTraceId, error }: Failed,
): Promise<void> {
  const now = clock();
  const code = isCoaiaError(error) ? error.code : 'COAIA-0001';
  const message = error instanceof Error ? error.message : String(error);
  // Attempts count from 1 here; the row was read before it was claimed.
  const isAgain = PASSING.has(code) && row.attempts + 1 < MOST_ATTEMPTS;
  const pause = row.rule_id === null ? undefined : PAUSING[code];
  const wasCalled = evaluator?.type === 'llm_as_judge' && /^COAIA-(?:40(?!00|01)|2260)/.test(code);
  const shared: Outcome = {
    error_code: code,
    error_message: message.slice(0, 1000),
    evaluator_version: evaluator?.version ?? null,
    execution_trace_id: wasCalled ? executionTraceId : null,
  };
  await db.write(async (tx) => {
    const position = { claim, now };
    if (pause !== undefined && evaluator !== undefined) {
      const isOurs = await writeOutcome(tx, row, position, {
        ...shared,
        status: 'pending',
        attempts: 0,
      });
      if (isOurs) await pauseEvaluator(tx, evaluator, { reason: pause, message, now });
    } else if (isAgain)
      await writeOutcome(tx, row, position, {
        ...shared,
        status: 'pending',
        due_at: now + BACKOFF_MS * 2 ** row.attempts,
      });
    else await writeOutcome(tx, row, position, { ...shared, status: 'failed', finished_at: now });
  });
}

async function pauseEvaluator(
  tx: Transaction,
  evaluator: StoredEvaluator,
  {
    reason,
    message,
    now,
  }: { readonly reason: string; readonly message: string; readonly now: number },
): Promise<void> {
  await tx.run(
    `UPDATE evaluators SET paused_reason = ?, paused_message = ?, paused_at = ?
     WHERE project_id = ? AND id = ? AND version = ? AND paused_at IS NULL`,
    [reason, message, now, evaluator.project_id, evaluator.id, evaluator.version],
  );
}

/** Whoever stops gives back what it has begun. */
async function release(
  { db, clock }: EvaluationPorts,
  row: EvaluationRow,
  claim: string,
): Promise<void> {
  const outcome: Outcome = { status: 'pending', attempts: row.attempts };
  await db.write((tx) => writeOutcome(tx, row, { claim, now: clock() }, outcome));
}

function givenUp(attempts: number) {
  return evaluatorFailures.create(
    'COAIA-2263',
    `The evaluation was begun ${attempts} times and never ended, so it is not tried again.`,
  );
}
