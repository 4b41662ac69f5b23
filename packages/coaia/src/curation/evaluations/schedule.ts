/** From what changed to what is to be evaluated: rules, their conditions and samples. */
import type { Database, EvaluationRow, EvaluationRuleRow } from '#store';
import type { RuleAssignment, RuleFilter } from '@coaia/client';
import { parseAssignments } from '../evaluators/evaluator.ts';
import { matchesFilter } from '../evaluation-rules/filter.ts';
import { parseFilter, TRACE_DELAY_MS } from '../evaluation-rules/rule.ts';
import { isSampled } from '../evaluation-rules/sampling.ts';
import {
  readCandidateObservations,
  readCandidateTraces,
  readLinkedObservations,
  readLinks,
  toFilterSubject,
  toSpanFacts,
} from './candidates.ts';
import type {
  CandidateObservation,
  CandidateTrace,
  ExperimentFacts,
  ExperimentLink,
} from './candidates.ts';
import { toEvaluationRow } from './evaluation.ts';
import { JUDGE_ENVIRONMENT } from './subject.ts';

/** What is not finished gets this long to finish before it is evaluated as it is. */
const UNFINISHED_DELAY_MS = 600_000;

interface Rule {
  readonly row: EvaluationRuleRow;
  readonly filter: readonly RuleFilter[];
  readonly assignments: readonly RuleAssignment[];
}

/** One thing that a rule may pick. */
interface Candidate {
  readonly trace: CandidateTrace;
  readonly observation: CandidateObservation | undefined;
  readonly facts: ExperimentFacts;
  /** When it became something to evaluate. */
  readonly since: number;
}

export interface Changed {
  readonly projectId: string;
  readonly traceIds: readonly string[];
  /** Observations that were written before count as unchanged. */
  readonly since: number;
  readonly now: number;
}

/** Evaluations that the rules of one project want after a change; those that were wanted before are among them. */
export async function listWanted(
  db: Database,
  rows: readonly EvaluationRuleRow[],
  changed: Changed,
): Promise<readonly EvaluationRow[]> {
  const rules = rows.map((row) => ({
    row,
    filter: parseFilter(row),
    assignments: parseAssignments(row),
  }));
  const candidates = await listCandidates(db, rules, changed);
  return rules.flatMap((rule) =>
    candidates.flatMap((candidate) => toWanted(rule, candidate, changed.now)),
  );
}

async function listCandidates(
  db: Database,
  rules: readonly Rule[],
  { projectId, since, traceIds }: Changed,
): Promise<readonly Candidate[]> {
  const all = await readCandidateTraces(db, projectId, traceIds);
  const traces = all.filter(({ environment }) => environment !== JUDGE_ENVIRONMENT);
  const byId = new Map(traces.map((trace) => [trace.id, trace]));
  const ids = [...byId.keys()];
  const hasTargets = (...targets: readonly EvaluationRuleRow['target'][]) =>
    rules.some(({ row }) => targets.includes(row.target));
  const withOutput = rules.some(({ filter }) =>
    filter.some(({ column }) => TOOL_COLUMNS.has(column)),
  );
  const observed = hasTargets('observation', 'experiment')
    ? await readCandidateObservations(db, projectId, ids, { since, withOutput })
    : [];
  const links = rules.some(needsLinks) ? await readLinks(db, projectId, ids) : [];
  const linked =
    links.length === 0 ? [] : await readLinkedObservations(db, projectId, links, withOutput);
  return [
    ...listLinked(links, linked, byId),
    ...listObserved(observed, links, byId),
    ...(hasTargets('trace') ? traces.map((trace) => toTraceCandidate(trace)) : []),
  ];
}

const TOOL_COLUMNS = new Set(['calledToolNames', 'toolCalls']);
const EXPERIMENT_COLUMNS = new Set(['experimentId', 'isExperimentItemRootSpan', 'datasetId']);

function needsLinks({ row, filter }: Rule): boolean {
  return row.target === 'experiment' || filter.some(({ column }) => EXPERIMENT_COLUMNS.has(column));
}

function toTraceCandidate(trace: CandidateTrace): Candidate {
  const facts = { experimentId: null, datasetId: null, itemId: null, isRoot: false };
  return { trace, observation: undefined, facts, since: trace.created_at };
}

/** Items of experiments that were linked: the observation that was named, else the root of the trace. */
function listLinked(
  links: readonly ExperimentLink[],
  observations: readonly CandidateObservation[],
  traces: ReadonlyMap<string, CandidateTrace>,
): readonly Candidate[] {
  return links.flatMap((link) => {
    const trace = traces.get(link.trace_id);
    const observation = observations.find((one) =>
      link.observation_id === null
        ? one.trace_id === link.trace_id && one.parent_observation_id === null
        : one.id === link.observation_id,
    );
    if (trace === undefined) return [];
    const facts = {
      experimentId: link.run_id,
      datasetId: link.dataset_id,
      itemId: link.dataset_item_id,
      isRoot: true,
    };
    return [{ trace, observation, facts, since: link.created_at }];
  });
}

/** Observations as they came; those that a link tells of are left to the link. */
function listObserved(
  observations: readonly CandidateObservation[],
  links: readonly ExperimentLink[],
  traces: ReadonlyMap<string, CandidateTrace>,
): readonly Candidate[] {
  return observations.flatMap((observation) => {
    const trace = traces.get(observation.trace_id);
    if (trace === undefined || observation.environment === JUDGE_ENVIRONMENT) return [];
    const facts = toSpanFacts(observation);
    const isTold = links.some(
      (link) => link.trace_id === trace.id && link.dataset_item_id === facts.itemId,
    );
    const own = isTold ? { ...facts, isRoot: false } : facts;
    return [{ trace, observation, facts: own, since: observation.created_at }];
  });
}

function toWanted(
  { row, filter, assignments }: Rule,
  candidate: Candidate,
  now: number,
): EvaluationRow[] {
  const { trace, observation, facts, since } = candidate;
  if (row.active_since === null || since < row.active_since) return [];
  if (!isOfTarget(row, candidate)) return [];
  if (!matchesFilter(filter, toFilterSubject(trace, observation, facts))) return [];
  if (!isSampled(observation?.id ?? trace.id, row.sampling)) return [];
  return assignments.map(({ evaluatorId }) =>
    toEvaluationRow(
      {
        projectId: row.project_id,
        ruleId: row.id,
        evaluatorId,
        target: row.target,
        traceId: trace.id,
        observationId: observation?.id ?? null,
        datasetItemId: facts.isRoot ? facts.itemId : null,
        experimentId: facts.isRoot ? facts.experimentId : null,
        dueAt: now + toDelay(candidate),
      },
      now,
    ),
  );
}

function isOfTarget({ target }: EvaluationRuleRow, { facts, observation }: Candidate): boolean {
  if (target === 'experiment') return facts.isRoot;
  if (target === 'observation') return observation !== undefined;
  return observation === undefined && !facts.isRoot;
}

function toDelay({ observation }: Candidate): number {
  if (observation === undefined) return TRACE_DELAY_MS;
  const isFinished = observation.end_time !== null || observation.type === 'EVENT';
  return isFinished ? 0 : UNFINISHED_DELAY_MS;
}
