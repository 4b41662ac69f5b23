/** What crosses the wire for versions and traffic. */
import { z } from 'zod';
import { evaluationAnswer } from '../predictions/schema.ts';

const number = z.int().min(1).max(999_999_999);
const name = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'letters, digits, dots, dashes and underscores, at most 100');

const gateRule = z.strictObject({
  metric: z.enum(['error_rate', 'log_loss', 'brier', 'mae', 'mse']).optional(),
  margin: z.number().gt(0).lt(1).optional(),
  by: z.array(z.string().min(1).max(500)).max(100).optional(),
  minExamples: z.int().min(2).optional(),
  confidence: z.number().min(0.5).max(0.999).optional(),
  required: z.boolean().optional(),
});

/** The members that the registry reads; the rest of a manifest is kept as it is. */
export const versionBody = z.object({
  manifest: z.looseObject({
    format: z.literal(1),
    project: z.string().min(1).max(200),
    model: name,
    version: number,
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    language: z.enum(['python', 'r', 'onnx']),
    platform: z.string().max(100),
    signature: z.looseObject({
      inputs: z.array(z.looseObject({ name: z.string() })),
      outputs: z.array(z.looseObject({ name: z.string() })),
    }),
    files: z.record(z.string(), z.string()),
    notes: z.string().max(2000).optional(),
  }),
  folder: z.string().max(4096),
  gate: gateRule.optional(),
});

export const trafficBody = z.object({
  change: z.object({
    champion: number.optional(),
    challenger: number.nullable().optional(),
    canary: z.object({ version: number, percent: z.number() }).nullable().optional(),
    shadow: number.nullable().optional(),
    sticky: z.string().min(1).max(100).nullable().optional(),
    gate: gateRule.nullable().optional(),
  }),
  action: z.string().min(1).max(40),
  reason: z.string().max(2000).optional(),
  ifRevision: z.int().min(1).optional(),
  gate: z.boolean().optional(),
  force: z.boolean().optional(),
});

export const gateAnswer = z.object({
  model: z.string(),
  version: z.int(),
  champion: z.int(),
  rule: gateRule.optional(),
  verdict: z.enum(['passes', 'refuses', 'unknown']),
  reasons: z.array(z.string()),
  evaluation: evaluationAnswer.nullable(),
});

export const rollbackBody = z.object({
  reason: z.string().max(2000).optional(),
  revision: z.int().min(1).optional(),
  ifRevision: z.int().min(1).optional(),
});

export const gatewayBody = z.object({
  name: z.string().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }).max(500),
  folder: z.string().max(4096),
  host: z.string().max(255),
  processId: z.int().min(0),
  state: z.enum(['ready', 'starting', 'stopped']),
  link: z.string().max(20),
  models: z
    .array(
      z.object({
        model: name,
        version: z.string().max(20),
        state: z.string().max(20),
        reason: z.string().max(2000).optional(),
        workers: z.int(),
        busy: z.int(),
        queued: z.int(),
        restarts: z.int(),
        bytes: z.number().optional(),
        isSandboxed: z.boolean().optional(),
      }),
    )
    .max(1000),
  monitor: z
    .object({
      windowHours: z.int().min(1).max(720),
      alert: z.number().gt(0).max(0.5).optional(),
      metrics: z.string().max(100).optional(),
    })
    .optional(),
  callSecret: z
    .string()
    .regex(/^[\w-]{43}$/, '32 bytes in base64url')
    .optional(),
  startedAt: z.iso.datetime(),
});

const anything = z.looseObject({});
export const listAnswer = z.object({ data: z.array(anything) });
export const deploymentAnswer = anything;
