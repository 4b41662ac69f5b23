/** ModelStreamInfer has two answers of one name: MLServer's, and Triton's with the failure inside. */
import { codecOf, messageOf } from '../protos/registry.ts';
import type { Codec } from '../protos/registry.ts';
import type { CallContext } from './call.ts';
import { writeParameters } from './infer-message.ts';
import type { InferRequest, InferResponse } from './infer-message.ts';

/** Metadata by which clients of Triton ask for its form. */
const STREAM = 'coaia-stream';

/** What only clients of Triton send, when they want to know which answer is the last one. */
const FINAL = 'triton_enable_empty_final_response';

interface TritonAnswer {
  readonly errorMessage?: string;
  readonly inferResponse: Partial<InferResponse>;
}

/** The bytes of both responses cannot be read by the other's clients, so the request has to tell them apart. */
export const isForTriton = ({ parameters }: InferRequest, { header }: CallContext): boolean =>
  header(STREAM) === 'triton' || Object.hasOwn(parameters, FINAL);

/** One request has one answer, so each is the last one. */
export const toTritonAnswer = (response: InferResponse): TritonAnswer => ({
  inferResponse: {
    ...response,
    parameters: { ...response.parameters, ...writeParameters({ triton_final_response: true }) },
  },
});

/** The stream goes on. */
export const toTritonFailure = (request: InferRequest, sentence: string): TritonAnswer => ({
  errorMessage: sentence,
  inferResponse: { modelName: request.modelName, id: request.id },
});

/** Writes either form. */
export function toStreamSerializer(): Codec['serialize'] {
  const own = codecOf(messageOf('inference.ModelInferResponse'));
  const other = codecOf(messageOf('inference.ModelStreamInferResponse'));
  return (value) => ('inferResponse' in value ? other : own).serialize(value);
}
