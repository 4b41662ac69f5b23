/**
 * Telling an address about a failure: one run of its own for each, so that it survives restarts, is tried again
 * while the address is away, and stands among the failed tasks when it never came back.
 */
import { createTraceId, isCoaiaError, toIso } from '#base';
import type { Clock, Scope } from '#base';
import type { Egress } from '#egress';
import type { SecretBox } from '#models';
import type { RunFailure, RunRequest, Workflow } from '#runs';
import type { Database } from '#store';
import { callWeb } from '../actions/web-call.ts';
import { hasGrant } from '../runs/grants.ts';
import { scheduleFailures } from './errors.ts';
import { openJson } from './schedule-input.ts';
import type { Webhook } from './schedule-input.ts';
import { toSignature } from './signature.ts';

export const WEBHOOK_WORKFLOW = 'webhook';

/** 5 s, 10 s, 20 s ... at most 15 min between attempts: about an hour in all. */
const RETRY = { attempts: 12, backoffMs: 5000, maxMs: 900_000 } as const;
const TIMEOUT_MS = 10_000;

/** What is told. */
export interface Alarm {
  readonly scheduleId: string;
  readonly scheduleName: string;
  /** Null when no run could be made. */
  readonly runId: string | null;
  readonly traceId: string | null;
  readonly pipeline: string;
  readonly error: RunFailure;
}

/** Who is told what. */
export interface Told {
  /** The same for the same failure. */
  readonly id: string;
  readonly webhook: Webhook;
  readonly alarm: Alarm;
}

interface WebhookInput extends Omit<Told, 'id'> {
  /** Epoch milliseconds of the failure. */
  readonly at: number;
}

export interface WebhookPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly secrets: SecretBox;
}

/** The run that tells; the same id again tells nothing new. `at`: epoch milliseconds of the failure. */
export function toWebhookRun({ id, webhook, alarm }: Told, at: number): RunRequest {
  const input: WebhookInput = { webhook, alarm, at };
  return {
    id,
    workflow: WEBHOOK_WORKFLOW,
    name: alarm.scheduleName,
    input,
    traceId: alarm.traceId ?? createTraceId(),
    scheduleId: alarm.scheduleId,
  };
}

/** Sends what a run of it has as input; the run's id is the key by which a repetition is known. */
export function createWebhookWorkflow(ports: WebhookPorts): Workflow {
  return {
    name: WEBHOOK_WORKFLOW,
    async run(context) {
      const input = context.run.input as WebhookInput;
      const status = await context.step(
        'deliver',
        { retry: RETRY, timeoutMs: TIMEOUT_MS * 1.5, isPassing: isPassingTrouble },
        async ({ signal }) => ({
          output: await deliver(ports, context.scope, { ...input, key: context.run.id, signal }),
        }),
      );
      return { output: { status } };
    },
  };
}

/** A refused address stays refused. */
function isPassingTrouble(error: unknown): boolean {
  return !isCoaiaError(error) || error.code !== 'COAIA-5202';
}

interface Delivery extends WebhookInput {
  readonly key: string;
  readonly signal: AbortSignal;
}

async function deliver(
  { db, clock, egress, secrets }: WebhookPorts,
  { projectId }: Scope,
  { alarm, at, key, signal, webhook }: Delivery,
): Promise<number> {
  const secret = String(openJson(secrets, projectId, webhook.sealed));
  const body = JSON.stringify({
    type: 'pipeline.failed',
    id: key,
    at: toIso(at),
    projectId,
    ...alarm,
  });
  const answer = await callWeb(egress, {
    reason: 'webhooks',
    url: webhook.url,
    isPrivateAllowed: await hasGrant(db, projectId, 'private'),
    init: {
      method: 'POST',
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      readTimeoutMs: TIMEOUT_MS,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        'x-coaia-signature': toSignature(secret, body, clock()),
      },
    },
  }).catch((error: unknown) => {
    throw toRefusal(error);
  });
  // Nobody is interested in what it says.
  await answer.body?.cancel();
  if (answer.ok) return answer.status;
  const { host } = new URL(webhook.url);
  throw scheduleFailures.create('COAIA-5201', `${host} answered ${answer.status}.`);
}

function toRefusal(error: unknown): unknown {
  if (!isCoaiaError(error)) return error;
  if (error.code === 'COAIA-5103')
    return scheduleFailures.create('COAIA-5202', error.message, {
      hint: 'coaia pipeline allow http --private',
    });
  return scheduleFailures.create('COAIA-5201', error.message, { cause: error });
}
