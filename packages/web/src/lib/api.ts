/** What a failed call carries: a sentence, a code and, where there is one, a fix that can be typed. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: ProblemDetails | undefined;
  /** What else the server names, such as the items that a schema does not fit. */
  readonly reasons: readonly unknown[];

  constructor(status: number, problem: ProblemBody) {
    super(problem.detail ?? problem.message ?? problem.title ?? `The server answered ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? `HTTP ${status}`;
    this.hint = problem.hint;
    this.details = problem.details;
    const reasons = [problem.details, problem.errors, problem.error].find(Array.isArray);
    this.reasons = (reasons as readonly unknown[] | undefined) ?? [];
  }
}

/** Where in a query the fault lies, with what may have been meant. */
export interface ProblemDetails {
  readonly position?: number;
  readonly length?: number;
  readonly suggestions?: readonly string[];
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly message?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly details?: ProblemDetails;
  /** The Langfuse API names its reasons in one of these. */
  readonly error?: unknown;
  readonly errors?: unknown;
}

/** Values of a query string; absent ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

interface CallOptions {
  readonly query?: Query;
  readonly signal?: AbortSignal;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** Lets the call outlive the page. */
  readonly keepalive?: boolean;
}

/** `path?query` with absent values left out. */
export function toPath(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

/**
 * Calls this page's own server with its cookie and returns the JSON body (undefined for 204).
 * Rejects with ApiError for an answer that is not 2xx and with TypeError when nothing answered.
 */
export async function sendRequest<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await fetch(toPath(path, options.query), {
    method: options.method ?? 'GET',
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    keepalive: options.keepalive ?? false,
  });
  if (!response.ok) throw new ApiError(response.status, await readProblem(response));
  if (response.status === 204) return noBody as T;
  const body: unknown = await response.json();
  return body as T;
}

const noBody: unknown = undefined;

async function readProblem(response: Response): Promise<ProblemBody> {
  try {
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null) return {};
    const { error } = body as ProblemBody;
    // A gateway of a served model puts its code, sentence and details one level deeper.
    const isNested = typeof error === 'object' && error !== null && 'message' in error;
    return isNested ? (error as ProblemBody) : body;
  } catch {
    return {};
  }
}

/** True when the call failed because nobody answered, not because the answer was an error. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError;
}
