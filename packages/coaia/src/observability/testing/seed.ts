/** Seeded traces for tests and benches: the same seed gives the same store. Rows are written as ingestion leaves them. */
import type { Database, ObservationRow, ScoreRow, SessionRow, TraceRow } from '#store';
import { createRandom, type Random } from './random.ts';

export interface SeedOptions {
  readonly traces: number;
  readonly observationsPerTrace: number;
  /** Default 1. */
  readonly seed?: number;
  /** Timestamp of the newest trace, epoch milliseconds; older ones follow a minute apart. */
  readonly until?: number;
  /** Part of every id, so that several seedings live in one project. */
  readonly prefix?: string;
}

const NAMES = ['chat', 'summarise', 'retrieve', 'plan', 'translate'];
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5'];
const TYPES = ['SPAN', 'GENERATION', 'TOOL', 'RETRIEVER'];
const MINUTE = 60_000;
/** Rows per transaction: large enough that commits do not count. */
const ROWS_PER_WRITE = 5000;
export const SEED_UNTIL = Date.UTC(2026, 8, 1, 12);

/** Writes the traces with observations, sessions, scores and counters; returns the trace ids, newest first. */
export async function seedTraces(
  db: Database,
  projectId: string,
  options: SeedOptions,
): Promise<readonly string[]> {
  const random = createRandom(options.seed ?? 1);
  const ids: string[] = [];
  const perWrite = Math.max(1, Math.floor(ROWS_PER_WRITE / (options.observationsPerTrace + 1)));
  for (let first = 0; first < options.traces; first += perWrite) {
    const count = Math.min(perWrite, options.traces - first);
    const batch = Array.from({ length: count }, (_, offset) =>
      createTraceRows(projectId, first + offset, options, random),
    );
    ids.push(...batch.map(({ trace }) => trace.id));
    await writeBatch(db, projectId, batch);
  }
  return ids;
}

interface SeededTrace {
  readonly trace: TraceRow;
  readonly observations: readonly ObservationRow[];
  readonly score: ScoreRow | undefined;
}

async function writeBatch(
  db: Database,
  projectId: string,
  batch: readonly SeededTrace[],
): Promise<void> {
  const observations = batch.flatMap((item) => item.observations);
  const scores = batch.flatMap(({ score }) => (score === undefined ? [] : [score]));
  const sessions = new Map(
    batch.map(({ trace }) => [trace.session_id ?? '', createSessionRow(trace)]),
  );
  await db.write(async (tx) => {
    const ids = JSON.stringify([...sessions.keys()]);
    const known = await tx.read<{ readonly id: string }>(
      `SELECT id FROM sessions WHERE project_id = ? AND ${db.dialect.inList('id')}`,
      [projectId, ids],
    );
    for (const { id } of known) sessions.delete(id);
    await tx.upsert(
      'traces',
      batch.map(({ trace }) => trace),
    );
    await tx.upsert('observations', observations);
    await tx.upsert('scores', scores);
    await tx.upsert('sessions', [...sessions.values()]);
    await tx.addToCounter(projectId, 'traces', batch.length);
    await tx.addToCounter(projectId, 'observations', observations.length);
    await tx.addToCounter(projectId, 'scores', scores.length);
    await tx.addToCounter(projectId, 'sessions', sessions.size);
  });
}

function createSessionRow(trace: TraceRow): SessionRow {
  return {
    project_id: trace.project_id,
    id: trace.session_id ?? '',
    created_at: trace.timestamp,
    environment: trace.environment,
    public: 0,
    bookmarked: 0,
  };
}

function createTraceRows(
  projectId: string,
  index: number,
  options: SeedOptions,
  random: Random,
): SeededTrace {
  const id = `${options.prefix ?? ''}trace-${index}`;
  const start = (options.until ?? SEED_UNTIL) - index * MINUTE;
  const observations = Array.from({ length: options.observationsPerTrace }, (_, position) =>
    createObservationRow({ projectId, traceId: id, start, position }, random),
  );
  const sumOf = (read: (row: ObservationRow) => number | null) =>
    observations.reduce((total, row) => total + (read(row) ?? 0), 0);
  const hasCost = observations.some((row) => row.total_cost !== null);
  const trace: TraceRow = {
    project_id: projectId,
    id,
    timestamp: start,
    name: random.pick(NAMES),
    user_id: `user-${random.below(50)}`,
    session_id: `session-${Math.floor(index / 5)}`,
    release: 'r1',
    version: null,
    environment: random.below(4) === 0 ? 'staging' : 'production',
    public: 0,
    bookmarked: 0,
    tags: JSON.stringify(random.below(3) === 0 ? ['beta', 'fast'] : ['fast']),
    observation_count: observations.length,
    error_count: observations.filter(({ level }) => level === 'ERROR').length,
    warning_count: 0,
    start_time: observations.length === 0 ? null : start,
    end_time:
      observations.length === 0 ? null : Math.max(...observations.map((row) => row.end_time ?? 0)),
    open_count: 0,
    total_cost: hasCost ? sumOf((row) => row.total_cost) : null,
    input_tokens: sumOf((row) => row.input_tokens),
    output_tokens: sumOf((row) => row.output_tokens),
    total_tokens: sumOf((row) => row.total_tokens),
    writers: null,
    created_at: start,
    updated_at: start,
    metadata: JSON.stringify({
      region: random.pick(['eu', 'us']),
      'http.status': 200,
      build: { number: index },
    }),
    input: JSON.stringify({ question: `What is item ${index}?` }),
    output: JSON.stringify(`Answer number ${index}`),
  };
  return {
    trace,
    observations,
    score: random.below(2) === 0 ? createScoreRow(trace, random) : undefined,
  };
}

interface Place {
  readonly projectId: string;
  readonly traceId: string;
  readonly start: number;
  readonly position: number;
}

function createObservationRow(place: Place, random: Random): ObservationRow {
  const { position, traceId } = place;
  const type = position === 0 ? 'AGENT' : random.pick(TYPES);
  const start = place.start + position * 10;
  return {
    project_id: place.projectId,
    id: `${traceId}-o${position}`,
    trace_id: traceId,
    type,
    name: `${type.toLowerCase()}-${position}`,
    start_time: start,
    end_time: start + 5 + random.below(2000),
    level: random.below(40) === 0 ? 'ERROR' : 'DEFAULT',
    status_message: null,
    parent_observation_id: position === 0 ? null : `${traceId}-o${Math.floor((position - 1) / 4)}`,
    model_id: null,
    prompt_id: null,
    prompt_name: null,
    prompt_version: null,
    version: null,
    environment: 'production',
    pricing_tier: null,
    writers: null,
    created_at: start,
    updated_at: start,
    provided_cost: null,
    metadata: JSON.stringify({ step: position }),
    input: JSON.stringify({ text: `step ${position} of ${traceId}` }),
    output: JSON.stringify(`done ${position}`),
    ...(type === 'GENERATION' ? createUsage(start, random) : NO_USAGE),
  };
}

const NO_USAGE = {
  completion_start_time: null,
  model: null,
  input_tokens: null,
  output_tokens: null,
  total_tokens: null,
  usage_unit: null,
  input_cost: null,
  output_cost: null,
  total_cost: null,
  usage_details: null,
  cost_details: null,
  model_parameters: null,
};

/** What a model call has besides: 2.5 and 10 USD per million tokens. */
function createUsage(start: number, random: Random) {
  const input = 100 + random.below(400);
  const output = 20 + random.below(200);
  const cost = (input * 2.5 + output * 10) / 1e6;
  return {
    completion_start_time: start + 3,
    model: random.pick(MODELS),
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    usage_unit: 'TOKENS',
    input_cost: (input * 2.5) / 1e6,
    output_cost: (output * 10) / 1e6,
    total_cost: cost,
    usage_details: JSON.stringify({ input, output }),
    cost_details: JSON.stringify({ total: cost }),
    model_parameters: JSON.stringify({ temperature: 0.2, stream: true }),
  };
}

function createScoreRow(trace: TraceRow, random: Random): ScoreRow {
  return {
    project_id: trace.project_id,
    id: `${trace.id}-score`,
    trace_id: trace.id,
    observation_id: null,
    session_id: null,
    dataset_run_id: null,
    name: 'accuracy',
    value: random.below(100) / 100,
    string_value: null,
    data_type: 'NUMERIC',
    source: 'API',
    comment: null,
    metadata: null,
    config_id: null,
    queue_id: null,
    author_user_id: null,
    environment: trace.environment,
    timestamp: trace.timestamp,
    writers: null,
    created_at: trace.timestamp,
    updated_at: trace.timestamp,
  };
}
