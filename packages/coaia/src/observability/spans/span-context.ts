/** Where a recorded command stands in a trace, and what its children must know. */
import { createTraceId } from '#base';

export type Env = Readonly<Record<string, string | undefined>>;

export interface SpanContext {
  readonly traceId: string;
  /** Undefined directly under the trace. */
  readonly parentId: string | undefined;
  /** True when no surrounding trace was found, so that the span begins one. */
  readonly isNew: boolean;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** The surrounding trace: COAIA_TRACE_ID, else TRACEPARENT (https://www.w3.org/TR/trace-context/), else a new one. */
export function findSpanContext(env: Env): SpanContext {
  const traceId = env['COAIA_TRACE_ID'];
  if (traceId) {
    return { traceId, parentId: env['COAIA_PARENT_OBSERVATION_ID'] || undefined, isNew: false };
  }
  const [, remoteTrace, remoteParent] = TRACEPARENT.exec(env['TRACEPARENT'] ?? '') ?? [];
  return remoteTrace === undefined
    ? { traceId: createTraceId(), parentId: undefined, isNew: true }
    : { traceId: remoteTrace, parentId: remoteParent, isNew: false };
}

/** The environment of a child that runs inside this observation; `parentId` undefined: directly under the trace. */
export function toChildEnv(
  env: Env,
  traceId: string,
  spanId: string,
  parentId: string | undefined,
): Env {
  const isW3c = /^[0-9a-f]{32}$/.test(traceId) && /^[0-9a-f]{16}$/.test(spanId);
  return {
    ...env,
    COAIA_TRACE_ID: traceId,
    COAIA_PARENT_OBSERVATION_ID: parentId,
    TRACEPARENT: isW3c ? `00-${traceId}-${spanId}-01` : undefined,
  };
}
