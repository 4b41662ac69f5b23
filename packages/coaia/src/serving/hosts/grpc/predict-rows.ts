/** Rows in, rows out: what the services of rows share. */
import { runtimeFailures } from '../../runtimes/errors.ts';
import type { PredictOptions } from '../../runtimes/runtime.ts';
import type { Row } from '../../signatures/signature.ts';
import { toRows } from '../../signatures/tensor-rows.ts';
import type { CallContext } from './call.ts';
import type { ChosenTarget, ServedModels } from './served-models.ts';

export interface RowsRequest {
  readonly target: ChosenTarget;
  readonly rows: readonly unknown[];
  /** Where the rows stand in the message, for the details of AO422. */
  readonly path: string;
  /** Of `begin`. */
  readonly options: PredictOptions;
}

export interface RowsAnswer {
  readonly outputs: readonly Row[];
  /** Members of every response. */
  readonly about: {
    readonly modelVersion: string;
    readonly traceId: string;
    readonly warnings: readonly string[];
  };
}

/** Fails with AO422 before a model sees a row that it does not take. */
export async function predictRows(
  models: ServedModels,
  { target, rows, path, options }: RowsRequest,
  context: CallContext,
): Promise<RowsAnswer> {
  const known = await models.reader(target);
  if (known === undefined)
    throw runtimeFailures.create(
      'AO422',
      `${target.model} says nothing of what it takes; use ModelInfer.`,
    );
  const { batch, flags } = known.reader.readRows(rows, path);
  context.note({ inputs: batch, flags });
  const prediction = await models.link.predict(target, batch, options);
  context.note({ prediction });
  return {
    outputs: toRows(prediction.outputs, known.signature),
    about: {
      modelVersion: await models.versionOf(target),
      traceId: options.traceparent?.split('-')[1] ?? '',
      warnings: [...prediction.warnings, ...flags.map(({ message }) => message)],
    },
  };
}
