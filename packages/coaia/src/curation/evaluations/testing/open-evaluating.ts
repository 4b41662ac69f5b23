/** For tests: everything that evaluating takes over one store, with a model server that answers on a real port. */
import { createRecorder } from '#observability';
import type { Database } from '#store';
import { ingestBatch } from '../../../observability/ingestion/ingest-batch.ts';
import { openModelServer } from '../../../models/testing/model-server.ts';
import type { ModelServer, ModelServerOptions } from '../../../models/testing/model-server.ts';
import { openTestModels } from '../../../models/testing/open-models.ts';
import type { TestModels } from '../../../models/testing/open-models.ts';
import { createEvaluator } from '../../evaluators/evaluators.ts';
import { evaluatorBody } from '../../evaluators/schema.ts';
import { createRule } from '../../evaluation-rules/rules.ts';
import { ruleBody } from '../../evaluation-rules/schema.ts';
import type { EvaluationPorts } from '../ports.ts';
import { followChanges } from '../follow.ts';
import { runAll } from '../worker.ts';

export interface StoredScore {
  readonly id: string;
  readonly trace_id: string;
  readonly observation_id: string | null;
  readonly name: string;
  readonly value: number | null;
  readonly string_value: string | null;
  readonly data_type: string;
  readonly source: string;
  readonly comment: string | null;
  readonly environment: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it as they like
  readonly metadata: any;
}

export interface Evaluating {
  readonly ports: EvaluationPorts;
  readonly models: TestModels;
  readonly server: ModelServer;
  /** Moves the clock. */
  wait(milliseconds: number): void;
  /** Makes a connection named `judge` to the server. */
  connect(): Promise<void>;
  /** A finished generation, the root of a trace of its own. */
  observe(id: string, input: unknown, more?: object): Promise<void>;
  ingest(type: string, body: object): Promise<void>;
  evaluator(more?: object): Promise<string>;
  rule(evaluatorIds: readonly string[], more?: object): Promise<string>;
  /** Follows what came and evaluates all that is due. */
  settle(): Promise<void>;
  scores(): Promise<readonly StoredScore[]>;
  close(): Promise<void>;
}

export const SCOPE = { projectId: 'default', level: 'project', via: 'local' } as const;

export async function openEvaluating(
  db: Database,
  options: ModelServerOptions = {},
): Promise<Evaluating> {
  const server = await openModelServer(options);
  const models = openTestModels(db);
  let shift = 0;
  const clock = () => Date.now() + shift;
  const ports: EvaluationPorts = {
    db,
    clock,
    recorder: createRecorder({ db, clock }),
    chat: models.chat,
  };
  let count = 0;
  const ingest = async (type: string, body: object) => {
    count += 1;
    const timestamp = new Date(clock()).toISOString();
    const event = { id: `e${count}`, type, timestamp, body };
    const { errors } = await ingestBatch({ db, clock }, SCOPE, [event]);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
  };
  return {
    ports,
    models,
    server,
    ingest,
    wait(milliseconds) {
      shift += milliseconds;
    },
    connect: () =>
      models.connect({
        provider: 'judge',
        adapter: 'openai',
        secretKey: 'sk-judge',
        baseURL: server.baseUrl,
        customModels: ['judge-1'],
      }),
    async observe(id, input, more = {}) {
      const time = new Date(clock()).toISOString();
      await ingest('generation-create', {
        id,
        traceId: `trace-${id}`,
        name: 'answer',
        startTime: time,
        endTime: time,
        input,
        output: `about ${String(input)}`,
        ...more,
      });
    },
    async evaluator(more = {}) {
      const body = evaluatorBody.parse({ ...JUDGE, ...more });
      return (await createEvaluator(ports, SCOPE, body)).id;
    },
    async rule(evaluatorIds, more = {}) {
      const evaluatorAssignments = evaluatorIds.map((evaluatorId) => ({ evaluatorId }));
      const body = { name: 'rule', enabled: true, evaluatorAssignments, ...more };
      return (await createRule(ports, SCOPE, ruleBody.parse(body))).id;
    },
    async settle() {
      await followChanges(ports);
      await runAll(ports, undefined);
    },
    async scores() {
      const rows = await db.read<StoredScore & { readonly metadata: string }>(
        'SELECT * FROM scores WHERE project_id = ? ORDER BY trace_id, name, id',
        ['default'],
      );
      return rows.map((row) => ({ ...row, metadata: JSON.parse(row.metadata) as unknown }));
    },
    async close() {
      await server.close();
      await models.close();
    },
  };
}

/** A judge of how good an answer is, from 0 to 1. */
export const JUDGE = {
  name: 'quality',
  type: 'llm_as_judge',
  prompt: 'Question: {{input}}\nAnswer: {{output}}',
  outputDefinition: { dataType: 'NUMERIC', minValue: 0, maxValue: 1 },
};
