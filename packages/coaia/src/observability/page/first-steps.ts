/** The first steps a new user sees; each is ticked when the thing has really happened. */
import type { Scope } from '#base';
import { SAMPLE_ENVIRONMENT } from '../filter/trace-fields.ts';
import type { ObservabilityPorts } from '../ports.ts';

export interface FirstStep {
  readonly id: 'server' | 'trace' | 'sdk' | 'session' | 'score';
  readonly done: boolean;
  readonly title: string;
  /** A line that does it when pasted. */
  readonly command: string;
}

const STEPS: readonly Omit<FirstStep, 'done'>[] = [
  { id: 'server', title: 'Start the workbench', command: 'coaia up' },
  {
    id: 'trace',
    title: 'Record any command as a trace',
    command: 'coaia trace --name hello -- echo hello',
  },
  {
    id: 'sdk',
    title: 'Send a generation from your program',
    command: 'npm install @langfuse/tracing @langfuse/otel @opentelemetry/sdk-node',
  },
  {
    id: 'session',
    title: 'Group traces into a session',
    command: 'coaia fuse traces create turn-1 -s my-session -i "Hello" -o "Hi there"',
  },
  {
    id: 'score',
    title: 'Score a trace',
    command: "langfuse.score.create({ traceId, name: 'helpful', value: 1 })",
  },
];

/** The steps in order. The sample ticks nothing. */
export async function readFirstSteps(
  ports: ObservabilityPorts,
  scope: Scope,
): Promise<readonly FirstStep[]> {
  const [row] = await ports.db.scan<Readonly<Record<string, number>>>(
    `SELECT ${toOwn('traces')} AS trace, ${toOwn('observations', " AND x.type = 'GENERATION'")} AS sdk,
       ${toOwn('sessions')} AS session, ${toOwn('scores')} AS score`,
    [scope.projectId, scope.projectId, scope.projectId, scope.projectId],
  );
  return STEPS.map((step) => ({ ...step, done: step.id === 'server' || row?.[step.id] === 1 }));
}

/** 1 when the project has a row of its own in the table, not only the sample's. */
function toOwn(table: string, condition = ''): string {
  return `CASE WHEN EXISTS (SELECT 1 FROM ${table} x WHERE x.project_id = ? AND x.environment <> '${SAMPLE_ENVIRONMENT}'${condition}) THEN 1 ELSE 0 END`;
}
