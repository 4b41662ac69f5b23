/** What an address answers with. */

/** The family of addresses, which decides how an error is written. */
export type Dialect = 'native' | 'oip' | 'kserve' | 'mlflow' | 'vetiver' | 'cog';

/** What an address answers with. A string or bytes go out as they are. */
export interface Answer {
  readonly status: number;
  readonly body: string | Uint8Array;
  /** `application/json` when absent. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A JSON answer. NaN and infinite numbers become null, because JSON has neither. */
export function toJson(value: unknown, status = 200, headers?: Answer['headers']): Answer {
  const body = JSON.stringify(value);
  return headers === undefined ? { status, body } : { status, body, headers };
}
