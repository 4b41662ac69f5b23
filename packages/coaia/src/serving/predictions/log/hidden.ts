/** What nobody sees again. */
import { isObject } from '#base';
import type { Signature } from '../../signatures/signature.ts';
import type { Tensor } from '../../tensors/tensor.ts';
import type { PredictionRecord, RecordedExplanation } from '../observer.ts';

/** Names whose values are not kept: sensitive fields and what `[log] redact` names. */
export function listHidden(
  signature: Signature | undefined,
  redact: readonly string[],
): ReadonlySet<string> {
  const fields = [...(signature?.inputs ?? []), ...(signature?.outputs ?? [])];
  const sensitive = fields.filter((field) => field.sensitive === true);
  return new Set([...sensitive.map(({ name }) => name), ...redact]);
}

/** The prediction without values that nobody may see. */
export function hide(record: PredictionRecord, hidden: ReadonlySet<string>): PredictionRecord {
  if (hidden.size === 0) return record;
  const { inputs, outputs, explanation } = record;
  const strip = (columns: readonly Tensor[]) => columns.filter(({ name }) => !hidden.has(name));
  return {
    ...record,
    ...(inputs === undefined ? {} : { inputs: { ...inputs, columns: strip(inputs.columns) } }),
    ...(outputs === undefined ? {} : { outputs: strip(outputs) }),
    ...(explanation === undefined ? {} : { explanation: hideParts(explanation, hidden) }),
    flags: record.flags.map((flag) =>
      hidden.has(flag.field) ? { ...flag, message: `${flag.field}: value not shown` } : flag,
    ),
    ...(record.error === undefined ? {} : { error: hideError(record.error, hidden) }),
  };
}

/** A term is as good as the value; what it is called holds the name of its field, as in `log(income)`. */
function hideParts(explanation: RecordedExplanation, hidden: ReadonlySet<string>) {
  const names = [...hidden];
  const strip = (part: unknown): unknown =>
    isObject(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([name]) => !names.some((field) => name.includes(field)))
            .map(([name, value]) => [name, strip(value)]),
        )
      : part;
  const { values } = explanation;
  return values === undefined ? explanation : { ...explanation, values: values.map(strip) };
}

/** Refusals name fields in backticks, and show the value that was refused. */
function hideError(error: NonNullable<PredictionRecord['error']>, hidden: ReadonlySet<string>) {
  const name = [...hidden].find((field) => error.message.includes(`\`${field}\``));
  if (name === undefined) return error;
  return { code: error.code, message: `\`${name}\` was refused; its value is not shown.` };
}
