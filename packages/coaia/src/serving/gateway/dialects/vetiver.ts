/**
 * What vetiver's clients in R and Python ask. They post a list of rows without a Content-Type and make a table of the
 * columns that come back; an error is read from `message`.
 */
import type { Handle } from '../addresses.ts';
import { toMainValues } from '../answer-values.ts';
import { toJson } from '../answer.ts';
import type { Answer } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import { choose } from '../predict.ts';
import type { Answered } from '../predict.ts';
import type { Field, FieldType } from '../../signatures/signature.ts';

/** Python's server answers `predict`; R's answers `.pred`, as tidymodels names predictions. */
export function toVetiverAnswer(exchange: Exchange, { manifest, prediction }: Answered): Answer {
  const isR = exchange.headers['user-agent']?.includes('httr') === true;
  return toJson({
    [isR ? '.pred' : 'predict']: toMainValues(prediction.outputs, manifest.signature),
  });
}

/** `GET /metadata`: what the model was made with. */
export const metadata: Handle = (gateway, exchange, target) => {
  const { manifest } = choose(gateway, exchange, target);
  return toJson({
    user: { description: manifest.signature.description ?? '' },
    version: String(manifest.version),
    url: null,
    required_pkgs: Object.keys(manifest.interpreter?.packages ?? {}),
  });
};

/** Names that R's cereal package gives to prototypes of columns. */
const CEREAL: Readonly<Record<FieldType, string>> = {
  number: 'numeric',
  integer: 'integer',
  boolean: 'logical',
  string: 'character',
  category: 'factor',
  date: 'Date',
  datetime: 'POSIXct',
};

/** `GET /prototype`: the inputs as R's cereal package writes a prototype. */
export const prototype: Handle = (gateway, exchange, target) => {
  const { signature } = choose(gateway, exchange, target).manifest;
  return toJson(Object.fromEntries(signature.inputs.map((field) => [field.name, toCereal(field)])));
};

function toCereal({ type, levels }: Field) {
  const details = levels === undefined ? [] : { levels };
  return { type: CEREAL[type], example: levels?.slice(0, 1) ?? [], details };
}
