/** Reads of one side of a copy. */

/** Query of a read; undefined members are left out. */
export type ReadQuery = Readonly<Record<string, string | number | boolean | undefined>>;

/** One side of a copy: reads below `/api/public`. A missing address or record rejects with COAIA-0003. */
export interface ApiReader {
  get(segments: readonly string[], query?: ReadQuery): Promise<unknown>;
}

/** A server and the keys of one of its projects. */
export interface SourceAddress {
  readonly baseUrl: string;
  readonly publicKey: string;
  readonly secretKey: string;
}
