/** What a score on the command line is about. */
import { scoreFailures } from './errors.ts';

export const targetOptions = {
  'trace-id': {
    type: 'string',
    placeholder: 'ID',
    aliases: ['trace'],
    summary: 'Trace to score (default COAIA_TRACE_ID)',
    compat: true,
  },
  'session-id': {
    type: 'string',
    placeholder: 'ID',
    aliases: ['session'],
    summary: 'Session to score',
    compat: true,
  },
  'observation-id': {
    type: 'string',
    placeholder: 'ID',
    aliases: ['observation'],
    summary: 'Observation of the trace',
    compat: true,
  },
  'dataset-run-id': { type: 'string', placeholder: 'ID', summary: 'Dataset run to score' },
} as const;

export type TargetValues = {
  readonly [K in keyof typeof targetOptions]: string | undefined;
};

export interface ScoreTarget {
  readonly traceId?: string;
  readonly observationId?: string;
  readonly sessionId?: string;
  readonly datasetRunId?: string;
}

/** Exactly one subject, ids as they were given; COAIA_TRACE_ID when none is named. Throws COAIA-1086. */
export function toScoreTarget(
  options: TargetValues,
  env: Readonly<Record<string, string | undefined>>,
  positional?: string,
): ScoreTarget {
  const given = {
    '--trace-id': options['trace-id'] ?? positional,
    '--session-id': options['session-id'],
    '--dataset-run-id': options['dataset-run-id'],
  };
  const named = Object.entries(given).filter(([, id]) => id !== undefined && id !== '');
  if (named.length > 1) {
    const names = named.map(([name]) => name).join(' and ');
    throw scoreFailures.create('COAIA-1086', `A score is about one thing; ${names} name two.`);
  }
  const observation = options['observation-id'];
  const [, sessionId, datasetRunId] = Object.values(given);
  const traceId =
    given['--trace-id'] ?? (named.length === 0 ? env['COAIA_TRACE_ID'] || undefined : undefined);
  if (traceId === undefined && observation !== undefined) {
    throw scoreFailures.create('COAIA-1086', '--observation-id needs the --trace-id it lies in.');
  }
  if (traceId !== undefined) {
    return observation === undefined ? { traceId } : { traceId, observationId: observation };
  }
  if (sessionId) return { sessionId };
  if (datasetRunId) return { datasetRunId };
  throw scoreFailures.create('COAIA-1086', 'Nothing to score is named.', {
    hint: 'add --trace-id ID or --session-id ID',
  });
}
