/** Scores and score configs on the wire, and the calls about them. */
import type { CallOptions, CoaiaClient } from './client.ts';
import type { JsonValue, Paged, Project, Score } from './wire.ts';

export type ScoreConfigType = 'NUMERIC' | 'CATEGORICAL' | 'BOOLEAN' | 'TEXT';

export interface ScoreCategory {
  readonly label: string;
  readonly value: number;
}

/** What scores of one kind may be. */
export interface ScoreConfig {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly projectId: string;
  readonly dataType: ScoreConfigType;
  readonly isArchived: boolean;
  readonly minValue?: number | null;
  readonly maxValue?: number | null;
  readonly categories?: readonly ScoreCategory[] | null;
  readonly description?: string | null;
}

/** Body of `POST /score-configs`. */
export interface ScoreConfigInput {
  readonly name: string;
  readonly dataType: ScoreConfigType;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly categories?: readonly ScoreCategory[];
  readonly description?: string;
}

/** Body of `PATCH /score-configs/{id}`; absent members stay, null clears range and description. */
export interface ScoreConfigChange {
  readonly name?: string;
  readonly isArchived?: boolean;
  readonly minValue?: number | null;
  readonly maxValue?: number | null;
  readonly categories?: readonly ScoreCategory[];
  readonly description?: string | null;
}

/** Body of `POST /scores`: exactly one of traceId (perhaps with observationId), sessionId and datasetRunId. */
export interface ScoreInput {
  readonly id?: string;
  readonly traceId?: string;
  readonly observationId?: string;
  readonly sessionId?: string;
  readonly datasetRunId?: string;
  readonly name: string;
  /** A number for NUMERIC, 1 or 0 for BOOLEAN, otherwise a text. */
  readonly value: number | string;
  readonly dataType?: Score['dataType'];
  readonly configId?: string;
  readonly queueId?: string;
  readonly comment?: string;
  readonly metadata?: JsonValue;
  readonly environment?: string;
  readonly source?: 'API' | 'ANNOTATION';
}

/** A score as `GET /v2/scores` returns it: fields that its type has not are absent. */
export type ScoreItem = Omit<Score, 'value' | 'stringValue' | 'projectId'> & {
  readonly value?: number | null;
  readonly stringValue?: string | null;
  /** Facts of the trace it is about; null for other subjects. */
  readonly trace?: {
    readonly userId: string | null;
    readonly tags: readonly string[];
    readonly environment: string | null;
    readonly sessionId: string | null;
  } | null;
};

/** Query of `GET /v2/scores`. */
export interface ScoreQuery {
  readonly page?: number;
  readonly limit?: number;
  readonly userId?: string;
  readonly name?: string;
  readonly fromTimestamp?: string;
  readonly toTimestamp?: string;
  readonly environment?: readonly string[];
  readonly source?: string;
  readonly operator?: string;
  readonly value?: number;
  /** Comma list. */
  readonly scoreIds?: string;
  readonly configId?: string;
  readonly sessionId?: string;
  readonly datasetRunId?: string;
  readonly traceId?: string;
  readonly observationId?: string;
  readonly queueId?: string;
  readonly dataType?: string;
  readonly traceTags?: readonly string[];
  /** Comma list of score, trace. */
  readonly fields?: string;
  /** JSON array of conditions. */
  readonly filter?: string;
}

/** Whose scores these are; caches are kept apart by it. */
export type ScoresOrigin =
  | { readonly kind: 'local' }
  | { readonly kind: 'remote'; readonly baseUrl: string; readonly publicKey: string };

/** The calls about scores and score configs, the same over the embedded store and over HTTP. */
export interface ScoresApi {
  readonly origin: ScoresOrigin;
  createScore(input: ScoreInput): Promise<{ readonly id: string }>;
  listScores(query: ScoreQuery): Promise<Paged<ScoreItem>>;
  getScore(scoreId: string): Promise<ScoreItem>;
  deleteScore(scoreId: string): Promise<void>;
  listScoreConfigs(query: {
    readonly page?: number;
    readonly limit?: number;
  }): Promise<Paged<ScoreConfig>>;
  getScoreConfig(configId: string): Promise<ScoreConfig>;
  createScoreConfig(input: ScoreConfigInput): Promise<ScoreConfig>;
  updateScoreConfig(configId: string, change: ScoreConfigChange): Promise<ScoreConfig>;
  listProjects(): Promise<{ readonly data: readonly Project[] }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createScoresApi(client: CoaiaClient): ScoresApi {
  const send = <T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    segments: readonly string[],
    options?: CallOptions,
  ): Promise<T> => client.request<T>(method, segments, options);
  return {
    origin: { kind: 'remote', baseUrl: client.baseUrl, publicKey: client.publicKey },
    // With an id of its own a score that is sent twice is stored once.
    createScore: (input) =>
      send('POST', ['scores'], { body: input, isRepeatable: input.id !== undefined }),
    listScores: (query) => send('GET', ['v2', 'scores'], { query }),
    getScore: (scoreId) => send('GET', ['v2', 'scores', scoreId]),
    deleteScore: (scoreId) => send('DELETE', ['scores', scoreId]),
    listScoreConfigs: (query) => send('GET', ['score-configs'], { query }),
    getScoreConfig: (configId) => send('GET', ['score-configs', configId]),
    createScoreConfig: (input) => send('POST', ['score-configs'], { body: input }),
    updateScoreConfig: (configId, change) =>
      send('PATCH', ['score-configs', configId], { body: change, isRepeatable: true }),
    listProjects: () => client.listProjects(),
  };
}
