/** `action: predict`: a served model answers rows. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { callModel, requireAnswer } from '../call-model.ts';
import { callPorts } from '../ports.ts';

const input = z.object({
  model: z.string().min(1),
  /** A row, or an array of rows. */
  data: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  /** A number or an alias; the traffic rules decide otherwise. */
  version: z.union([z.string(), z.int()]).optional(),
});

export const action = defineAction({
  name: 'predict',
  summary: 'Ask a served model for predictions',
  needs: callPorts,
  input,
  observationType: 'TOOL',
  async run(ports, { scope, traceId, observationId, signal }, given) {
    const answer = await callModel(ports, scope, {
      model: given.model,
      data: given.data,
      version: given.version === undefined ? undefined : String(given.version),
      traceparent: toTraceparent(traceId, observationId),
      signal,
    });
    const output = requireAnswer(answer) as Readonly<Record<string, unknown>>;
    const { version } = output;
    return { output, metadata: { model: given.model, version } };
  },
});

/** Only ids of the W3C form can be passed on. */
function toTraceparent(traceId: string, spanId: string): string | undefined {
  const isW3c = /^[0-9a-f]{32}$/.test(traceId) && /^[0-9a-f]{16}$/.test(spanId);
  return isW3c ? `00-${traceId}-${spanId}-01` : undefined;
}
