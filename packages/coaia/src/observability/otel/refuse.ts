/** Refusals of OTLP bodies: which part is wrong, as a path into the message. */
import { invalidRequest } from '#base';
import type { CoaiaError } from '#base';

/** 400 naming the place, for example `resourceSpans[0].scopeSpans[0].spans[2].traceId`. */
export function refuse(where: string, reason: string): CoaiaError {
  return invalidRequest(
    `The OTLP body is not valid at ${where}: ${reason}. Nothing of this request was stored.`,
  );
}

/** 400 for logs and metrics sent to the address of traces. */
export function refuseSignal(signal: 'logs' | 'metrics'): CoaiaError {
  return invalidRequest(
    `This is an OTLP ${signal} payload; Coaia stores traces only. Nothing of it was stored.`,
    undefined,
    `Set OTEL_EXPORTER_OTLP_TRACES_ENDPOINT instead of OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_${signal.toUpperCase()}_EXPORTER=none`,
  );
}
