/** The .proto file of one model: a service with a field for each input and output, for people who want static types. */
import type { DescribedModel } from './openapi.ts';
import { planRows } from './typed-plan.ts';
import type { TypedField } from './typed-plan.ts';

/** `name` is that of the package, see `toPackages`. */
export function renderTypedProto({ name: model, signature }: DescribedModel, name: string): string {
  const { inputs, outputs } = planRows(signature);
  return `${[
    toHead(model, name),
    ...renderMessage('Row', inputs),
    '',
    ...renderMessage('Prediction', outputs),
  ].join('\n')}\n`;
}

const toHead = (
  model: string,
  name: string,
) => `// The model ${JSON.stringify(model)} with a field for each input and output. A field without a value is missing.
// Numbers of fields come from names and types: a client stays right while columns are added or moved, and a row with a
// field that the model does not have is refused.
syntax = "proto3";

package anops.${name};

service Model {
  rpc Predict(PredictRequest) returns (PredictResponse) {}
  rpc PredictBatch(PredictBatchRequest) returns (PredictBatchResponse) {}
}

message PredictRequest {
  Row row = 1;

  // Empty: the version that the traffic rules choose.
  string version = 2;
  string request_id = 3;
}

message PredictResponse {
  Prediction prediction = 1;
  string model_version = 2;
  string trace_id = 3;

  // Values outside of what was seen in training, and what the model warned of.
  repeated string warnings = 4;
}

message PredictBatchRequest {
  repeated Row rows = 1;
  string version = 2;
  string request_id = 3;
}

message PredictBatchResponse {
  // One for each row, in their order.
  repeated Prediction predictions = 1;
  string model_version = 2;
  string trace_id = 3;
  repeated string warnings = 4;
}
`;

function renderMessage(name: string, fields: readonly TypedField[]): readonly string[] {
  const lines = fields.flatMap((typed) => {
    const { field, name: own, number, type } = typed;
    const label = field.shape.length === 0 ? 'optional' : 'repeated';
    const json = JSON.stringify(field.name);
    return [...toComment(typed), `  ${label} ${type} ${own} = ${number} [json_name = ${json}];`];
  });
  return [`message ${name} {`, ...lines, '}'];
}

function toComment({ field, type: proto }: TypedField): readonly string[] {
  const { type, description, levels, trained, required, shape } = field;
  const words = [
    ...(description === undefined ? [] : [description]),
    ...(type === 'integer' && proto === 'double' ? ['A whole number.'] : []),
    ...(type === 'date' ? ['YYYY-MM-DD.'] : []),
    ...(type === 'datetime' ? ['ISO 8601.'] : []),
    ...(shape.length > 1 ? [`Shape [${shape.join(', ')}], row after row.`] : []),
    ...(levels === undefined ? [] : [`One of ${levels.join(', ')}.`]),
    ...(trained === undefined ? [] : [`Seen in training: ${trained.min} to ${trained.max}.`]),
    ...(required ? [] : ['May be left out.']),
  ];
  const text = words.join(' ').replaceAll(/\s+/g, ' ');
  return text === '' ? [] : [`  // ${text}`];
}
