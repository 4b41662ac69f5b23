/** Asks a loaded model as the gateway does: rows are read against the signature first. Answers carry HTTP statuses. */
import { isCoaiaError, isObject } from '#base';
import { compileReader } from '../signatures/reader.ts';
import type { ReadOptions } from '../signatures/reader.ts';
import type { Field, Row, Signature } from '../signatures/signature.ts';
import { toRows } from '../signatures/tensor-rows.ts';
import type { Runtime } from '../runtimes/runtime.ts';
import type { InputRules } from '../versions/version.ts';

export type Answer =
  | { readonly status: 200; readonly rows: readonly Row[] }
  | {
      readonly status: number;
      readonly rows?: undefined;
      readonly code: string;
      /** What the model or the reader said. */
      readonly message: string;
      /** Where in the code of the project it happened, as `model-service/model.py line 9`. */
      readonly where?: string;
    };

export interface Service {
  readonly signature: Signature;
  readonly rules: InputRules;
  /** Never rejects for what the rows or the model do. */
  ask(rows: readonly unknown[], from?: ReadOptions['from']): Promise<Answer>;
  /** A row of words as callers send it in JSON. Throws AO422 for a row that is refused. */
  toJson(row: Row): Row;
}

/** An empty list is answered with an empty list, and the model is not asked. Rejects once the signal is aborted. */
export function openService(
  runtime: Pick<Runtime, 'predict'>,
  signature: Signature,
  rules: InputRules,
  signal?: AbortSignal,
): Service {
  const reader = compileReader(signature, rules);
  let count = 0;
  return {
    signature,
    rules,
    toJson(row) {
      const { batch } = reader.readRows([row], 'rows', { from: 'text', extra: 'drop' });
      const [read = {}] = toRows(batch.columns, { ...signature, outputs: signature.inputs });
      const isLeftOut = ({ name, nullable, required }: Field) =>
        read[name] === null && !nullable && !required;
      const kept = signature.inputs.filter((field) => !isLeftOut(field));
      return Object.fromEntries(kept.map(({ name }) => [name, read[name]]));
    },
    async ask(rows, from = 'json') {
      signal?.throwIfAborted();
      try {
        const extra = from === 'text' ? 'drop' : 'refuse';
        const { batch } = reader.readRows(rows, 'rows', { from, extra });
        if (batch.rows === 0) return { status: 200, rows: [] };
        count++;
        const { outputs } = await runtime.predict(batch, { requestId: `check-${count}` });
        return { status: 200, rows: toRows(outputs, signature) };
      } catch (error) {
        if (!isCoaiaError(error)) throw error;
        const { code, definition } = error;
        const where = toWhere(error.cause);
        return {
          status: definition.status,
          code,
          message: toReason(error),
          ...(where === undefined ? {} : { where }),
        };
      }
    },
  };
}

/** What the model's own code said; callers of the gateway never see that, its owner does. */
export function toReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { details, cause } = error as Error & { readonly details?: unknown };
  if (isObject(details))
    for (const name of ['message', 'error', 'reason', 'cause']) {
      const text = details[name];
      if (typeof text === 'string' && text !== '') return shorten(text);
    }
  if (cause instanceof Error && cause.message !== '') return shorten(cause.message);
  return shorten(error.message);
}

/** The innermost line of the project in a traceback of Python or R. */
function toWhere(cause: unknown): string | undefined {
  const { trace = '' } = (cause ?? {}) as { readonly trace?: string };
  const places = [...trace.matchAll(/\/code\/([^"\s:#]+\.(?:py|R))(?:", line |[#:])(\d+)/g)];
  const last = places.at(-1);
  return last === undefined ? undefined : `model-service/${last[1] ?? ''} line ${last[2] ?? ''}`;
}

function shorten(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return line.length > 300 ? `${line.slice(0, 297)}...` : line;
}
