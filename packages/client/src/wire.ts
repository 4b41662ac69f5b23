/**
 * What crosses the wire of the Langfuse API (`/api/public`), as Coaia answers it.
 * Times are ISO 8601 UTC with milliseconds; ids are caller-chosen strings.
 * Field lists: Langfuse OpenAPI document of server 4.16 and its observed behaviour.
 */

export type JsonValue = unknown;

export type ObservationLevel = 'DEBUG' | 'DEFAULT' | 'WARNING' | 'ERROR';

export type ObservationType =
  | 'SPAN'
  | 'EVENT'
  | 'GENERATION'
  | 'AGENT'
  | 'TOOL'
  | 'CHAIN'
  | 'RETRIEVER'
  | 'EVALUATOR'
  | 'EMBEDDING'
  | 'GUARDRAIL';

export interface PageMeta {
  readonly page: number;
  readonly limit: number;
  readonly totalItems: number;
  readonly totalPages: number;
}

export interface Paged<T> {
  readonly data: readonly T[];
  readonly meta: PageMeta;
}

export interface CursorPaged<T> {
  readonly data: readonly T[];
  readonly meta: { readonly cursor?: string };
}

/** One event of `POST /api/public/ingestion`. */
export interface IngestionEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly body: unknown;
  readonly metadata?: unknown;
}

export interface IngestionResult {
  readonly successes: readonly { readonly id: string; readonly status: number }[];
  readonly errors: readonly {
    readonly id: string;
    readonly status: number;
    readonly message?: string;
    readonly error?: unknown;
  }[];
}

export interface Trace {
  readonly id: string;
  readonly timestamp: string;
  readonly name: string | null;
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly sessionId: string | null;
  readonly release: string | null;
  readonly version: string | null;
  readonly userId: string | null;
  readonly metadata: JsonValue;
  readonly tags: readonly string[];
  readonly public: boolean;
  readonly bookmarked: boolean;
  readonly environment: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly projectId: string;
  readonly externalId: null;
  /** Path of the trace's page on this server. */
  readonly htmlPath: string;
  /** Seconds from the first start to the last end; 0 when nothing ended. -1 when metrics were not asked for. */
  readonly latency: number;
  /** USD; 0 when nothing has a cost. -1 when metrics were not asked for. */
  readonly totalCost: number;
}

/** A trace as lists return it: ids of its observations and scores. */
export interface TraceListItem extends Trace {
  readonly observations: readonly string[];
  readonly scores: readonly string[];
  /** Coaia: the worst level of its observations; absent on other servers. */
  readonly level?: ObservationLevel;
}

/** A trace as `GET /traces/{id}` returns it. */
export interface TraceDetail extends Trace {
  readonly observations: readonly Observation[];
  readonly scores: readonly Score[];
}

export interface Observation {
  readonly id: string;
  readonly traceId: string | null;
  readonly projectId: string;
  readonly type: ObservationType;
  readonly name: string | null;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly completionStartTime: string | null;
  readonly model: string | null;
  readonly modelId: string | null;
  readonly modelParameters: Readonly<Record<string, JsonValue>> | null;
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly metadata: JsonValue;
  readonly version: string | null;
  readonly level: ObservationLevel;
  readonly statusMessage: string | null;
  readonly parentObservationId: string | null;
  readonly promptId: string | null;
  readonly promptName: string | null;
  readonly promptVersion: number | null;
  readonly environment: string;
  readonly usage: {
    readonly input: number;
    readonly output: number;
    readonly total: number;
    readonly unit: string | null;
  };
  readonly usageDetails: Readonly<Record<string, number>>;
  readonly costDetails: Readonly<Record<string, number>>;
  readonly inputPrice: number | null;
  readonly outputPrice: number | null;
  readonly totalPrice: number | null;
  readonly calculatedInputCost: number | null;
  readonly calculatedOutputCost: number | null;
  readonly calculatedTotalCost: number | null;
  /** Seconds; null while it has no end. */
  readonly latency: number | null;
  /** Seconds from start to the first token; null when unknown. */
  readonly timeToFirstToken: number | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Score {
  readonly id: string;
  readonly projectId: string;
  readonly traceId: string | null;
  readonly observationId: string | null;
  readonly sessionId: string | null;
  readonly datasetRunId: string | null;
  readonly name: string;
  readonly value: number | null;
  readonly stringValue: string | null;
  readonly dataType: 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT' | 'CORRECTION';
  readonly source: 'API' | 'ANNOTATION' | 'EVAL';
  readonly comment: string | null;
  readonly metadata: JsonValue;
  readonly configId: string | null;
  readonly queueId: string | null;
  readonly authorUserId: string | null;
  readonly environment: string;
  readonly timestamp: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Session {
  readonly id: string;
  readonly createdAt: string;
  readonly projectId: string;
  readonly environment: string;
}

export interface SessionDetail extends Session {
  readonly traces: readonly Trace[];
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly metadata: Readonly<Record<string, JsonValue>>;
  readonly retentionDays?: number;
}

export interface Health {
  readonly status: string;
  readonly version: string;
  /** Coaia's own version; absent on other servers. */
  readonly coaia?: string;
}

/** Query of `GET /traces`. Lists are repeated parameters. */
export interface TraceQuery {
  readonly page?: number;
  readonly limit?: number;
  readonly userId?: string;
  readonly name?: string;
  readonly sessionId?: string;
  readonly fromTimestamp?: string;
  readonly toTimestamp?: string;
  /** `field.asc` or `field.desc`. */
  readonly orderBy?: string;
  readonly tags?: readonly string[];
  readonly version?: string;
  readonly release?: string;
  readonly environment?: readonly string[];
  /** Comma list of core, io, scores, observations, metrics. */
  readonly fields?: string;
  /** JSON array of conditions; wins over plain parameters on the same column. */
  readonly filter?: string;
  /** Coaia: the filter grammar of the page, for example `level:ERROR latency:>2`. */
  readonly q?: string;
}

export interface ObservationQuery {
  readonly page?: number;
  readonly limit?: number;
  readonly name?: string;
  readonly userId?: string;
  readonly type?: string;
  readonly traceId?: string;
  readonly level?: string;
  readonly parentObservationId?: string;
  readonly environment?: readonly string[];
  readonly fromStartTime?: string;
  readonly toStartTime?: string;
  readonly version?: string;
  readonly filter?: string;
}

export interface SessionQuery {
  readonly page?: number;
  readonly limit?: number;
  readonly fromTimestamp?: string;
  readonly toTimestamp?: string;
  readonly environment?: readonly string[];
}

/** Query of `GET /v2/observations` (cursor form). */
export interface ObservationV2Query {
  readonly fields?: string;
  readonly expandMetadata?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly parseIoAsJson?: boolean;
  readonly name?: string;
  readonly userId?: string;
  readonly type?: string;
  readonly traceId?: string;
  readonly level?: string;
  readonly parentObservationId?: string;
  readonly environment?: readonly string[];
  readonly fromStartTime?: string;
  readonly toStartTime?: string;
  readonly version?: string;
  readonly filter?: string;
}

/** One observation in the field groups that were asked for. */
export type ObservationV2 = Readonly<Record<string, JsonValue>>;

/**
 * The observability calls that the command line needs, the same over the embedded store and over HTTP.
 * Every method rejects with an error that carries a code; ids are never changed.
 */
export interface ObservabilityApi {
  ingest(events: readonly IngestionEvent[], metadata?: unknown): Promise<IngestionResult>;
  listTraces(query: TraceQuery): Promise<Paged<TraceListItem>>;
  getTrace(traceId: string): Promise<TraceDetail>;
  deleteTraces(traceIds: readonly string[]): Promise<void>;
  listObservations(query: ObservationQuery): Promise<Paged<Observation>>;
  getObservation(observationId: string): Promise<Observation>;
  listObservationsV2(query: ObservationV2Query): Promise<CursorPaged<ObservationV2>>;
  listSessions(query: SessionQuery): Promise<Paged<Session>>;
  getSession(sessionId: string): Promise<SessionDetail>;
  listProjects(): Promise<{ readonly data: readonly Project[] }>;
}
