/** Messages with a field for each input and output, for people who want static types. */
import type { DescribedModel } from './openapi.ts';
import type { Field } from './signature.ts';

/**
 * `ChurnRow` and `ChurnPrediction`. Their JSON form has the names of the signature, so the JSON of a row is what
 * `input_data` takes.
 */
export function renderTypedMessages({ name, signature }: DescribedModel): string {
  const base = toMessageName(name);
  return [
    `// One row for the model \`${name}\`; its JSON form goes into PredictRequest.input_data.`,
    ...renderMessage(`${base}Row`, signature.inputs),
    '',
    `// What \`${name}\` answers for one row.`,
    ...renderMessage(`${base}Prediction`, signature.outputs),
  ].join('\n');
}

function renderMessage(name: string, fields: readonly Field[]): readonly string[] {
  const names = toFieldNames(fields);
  const lines = fields.flatMap((field, index) => {
    const label = field.shape.length === 0 ? 'optional' : 'repeated';
    const json = JSON.stringify(field.name);
    const start = `  ${label} ${toProtoType(field)} ${names[index]} = ${index + 1}`;
    return [...toComment(field), `${start} [json_name = ${json}];`];
  });
  return [`message ${name} {`, ...lines, '}'];
}

/** `churn-2` as `Churn2`. Digits cannot begin a name. */
function toMessageName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Model${joined}`;
}

/** Names that proto allows, each once. */
function toFieldNames(fields: readonly Field[]): readonly string[] {
  const taken = new Set<string>();
  return fields.map(({ name }) => {
    const plain = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '');
    const base = /^[a-z]/.test(plain) ? plain : `field_${plain}`;
    let unique = base;
    for (let turn = 2; taken.has(unique); turn++) unique = `${base}_${turn}`;
    taken.add(unique);
    return unique;
  });
}

const SMALL: ReadonlySet<string> = new Set(['INT8', 'INT16', 'INT32', 'UINT8', 'UINT16']);

/** Whole numbers of 64 bits are doubles here: the JSON of int64 is text, and text is no number. */
function toProtoType({ type, datatype, levels = [] }: Field): string {
  if (type === 'boolean') return 'bool';
  if (type === 'category')
    return { string: 'string', number: 'double', boolean: 'bool' }[toKind(levels)];
  if (type === 'number' || type === 'integer') return SMALL.has(datatype) ? 'int32' : 'double';
  return 'string';
}

function toKind(levels: NonNullable<Field['levels']>): 'string' | 'number' | 'boolean' {
  const [first] = levels;
  if (typeof first === 'number') return 'number';
  return typeof first === 'boolean' ? 'boolean' : 'string';
}

function toComment({ type, description, levels, trained, required }: Field): readonly string[] {
  const words = [
    ...(description === undefined ? [] : [description]),
    ...(type === 'integer' ? ['A whole number.'] : []),
    ...(type === 'date' ? ['YYYY-MM-DD.'] : []),
    ...(type === 'datetime' ? ['ISO 8601.'] : []),
    ...(levels === undefined ? [] : [`One of ${levels.join(', ')}.`]),
    ...(trained === undefined ? [] : [`Seen in training: ${trained.min} to ${trained.max}.`]),
    ...(required ? [] : ['May be left out.']),
  ];
  const text = words.join(' ').replaceAll(/\s+/g, ' ');
  return text === '' ? [] : [`  // ${text}`];
}
