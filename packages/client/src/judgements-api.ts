/** Judging a trace with models, on the wire. */
import type { CoaiaClient } from './client.ts';

/** Body of `POST /judgements`. */
export interface JudgementInput {
  readonly traceId: string;
  /** Judge this observation of the trace instead of the whole. */
  readonly observationId?: string | undefined;
  /** Name or id of the score config: what scores may be. */
  readonly config: string;
  /** What good means; the config's description when absent. */
  readonly criteria?: string | undefined;
  /** One judge each; the first model that the project's connections list when absent. */
  readonly models?: readonly string[] | undefined;
  /** Name of the connection. */
  readonly provider?: string | undefined;
}

export interface JudgementScore {
  readonly id: string;
  readonly model: string;
  readonly value: number | string | boolean;
  readonly reasoning: string;
  /** Trace of the judge's call. */
  readonly traceId: string;
}

export interface Judgements {
  readonly name: string;
  readonly scores: readonly JudgementScore[];
  readonly judges: number;
  /** Mean of numbers, most frequent of everything else; null for a draw. */
  readonly value: number | string | boolean | null;
  readonly deviation: number | null;
  readonly spread: number | null;
  /** Share of pairs of judges that say the same; null for one judge. */
  readonly agreement: number | null;
}

/** The calls about judging, the same over the embedded store and over HTTP. */
export interface JudgementsApi {
  judge(input: JudgementInput): Promise<Judgements>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createJudgementsApi(client: Pick<CoaiaClient, 'request'>): JudgementsApi {
  return { judge: (body) => client.request('POST', ['judgements'], { area: 'v1', body }) };
}
