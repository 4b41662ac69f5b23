/** One failure a user may meet: a stable code, one sentence, a way out. */

/** Exit codes of every command; architecture of the process contract, listed in docs/exit-codes.md. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  config: 3,
  unreachable: 4,
  partial: 5,
  unconfirmed: 6,
  denied: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a code means wherever it appears: HTTP status, Langfuse error class, exit code, explanation. */
export interface ErrorDefinition {
  /** HTTP status of the answer. */
  readonly status: number;
  /** Exit code of a command that ends with it. */
  readonly exit: ExitCode;
  /** The `error` field of `/api/public` answers, as Langfuse names its classes. */
  readonly name: string;
  /** One paragraph for `coaia explain CODE` and the errors page: meaning, cause, what to do. */
  readonly explain: string;
}

export interface FailureOptions {
  /** A command or setting the user can type or set to get on. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** Structured reasons, for example the list of invalid fields. */
  readonly details?: unknown;
  /** Extra response headers, for example Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one error class that reaches users. Anything else that is thrown is a defect and answers 500. */
export class CoaiaError extends Error {
  override readonly name = 'CoaiaError';
  readonly code: string;
  readonly definition: ErrorDefinition;
  readonly hint: string | undefined;
  readonly details: unknown;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(
    code: string,
    definition: ErrorDefinition,
    message: string,
    options: FailureOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.definition = definition;
    this.hint = options.hint;
    this.details = options.details;
    this.headers = options.headers;
  }
}

/**
 * Declares a block of codes. Rooms do this once in their `errors.ts`:
 * `export const failures = defineErrors({ 'COAIA-1001': {...} })`, then
 * `throw failures.create('COAIA-1001', 'Trace "t1" not found.', { hint })`.
 */
export function defineErrors<const T extends Readonly<Record<string, ErrorDefinition>>>(table: T) {
  return {
    table,
    create(code: keyof T & string, message: string, options?: FailureOptions): CoaiaError {
      const definition = table[code];
      if (definition === undefined) throw new TypeError(`unknown error code ${code}`);
      return new CoaiaError(code, definition, message, options);
    },
  };
}

/** True for our own errors, also across two copies of the module. */
export function isCoaiaError(error: unknown): error is CoaiaError {
  return error instanceof Error && error.name === 'CoaiaError' && 'code' in error;
}
