/** `score`: writes a score that the template states. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { actionPorts } from './ports.ts';
import { findScoreConfig, scoreTarget, toScoreId, toTarget, writeScore } from './write-score.ts';

export const action = defineAction({
  name: 'score',
  summary: 'Write a score on the trace or on a step of it',
  needs: actionPorts,
  observationType: 'EVENT',
  input: z.strictObject({
    ...scoreTarget,
    name: z.string().min(1).optional(),
    /** Name or id of a score config. */
    config: z.string().min(1).optional(),
    value: z.union([z.number(), z.boolean(), z.string()]),
    data_type: z.enum(['NUMERIC', 'CATEGORICAL', 'BOOLEAN', 'TEXT']).optional(),
    comment: z.string().optional(),
  }),
  async run(ports, context, input) {
    const config = await findScoreConfig(ports, context.scope, input.config);
    const dataType = input.data_type ?? config?.dataType;
    const written = await writeScore(ports, context.scope, {
      id: toScoreId(context.idempotencyKey),
      ...toTarget(context, input),
      name: input.name ?? config?.name ?? 'score',
      value: input.value,
      ...(dataType === undefined ? {} : { dataType }),
      ...(config === undefined ? {} : { configId: config.id }),
      ...(input.comment === undefined ? {} : { comment: input.comment }),
    });
    return { output: written };
  },
});
