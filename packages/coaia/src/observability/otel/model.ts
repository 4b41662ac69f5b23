/** OTLP traces after decoding, the same for JSON and protobuf. Names follow opentelemetry-proto 1.x. */

/** Attributes as plain JavaScript values; objects have no prototype, so that any key is safe. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface OtlpEvent {
  readonly name: string;
  /** Epoch milliseconds; undefined when the exporter gave none. */
  readonly time: number | undefined;
  readonly attributes: Attributes;
}

export interface OtlpSpan {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** Epoch milliseconds; undefined when absent or zero. */
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly attributes: Attributes;
  readonly events: readonly OtlpEvent[];
  /** 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message: string };
}

export interface OtlpScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: Attributes;
}

export interface OtlpScopeSpans {
  readonly scope: OtlpScope;
  readonly spans: readonly OtlpSpan[];
}

export interface OtlpResourceSpans {
  readonly resource: { readonly attributes: Attributes };
  readonly scopeSpans: readonly OtlpScopeSpans[];
}

/** Deepest nesting of lists and maps in one attribute value. */
export const MAX_VALUE_DEPTH = 32;

/** Most attribute values, events and list elements in one request; what goes beyond is refused. */
export const MAX_VALUES = 400_000;

/** An empty attribute map whose keys cannot reach a prototype. */
export function createAttributes(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

/** JSON has no NaN and no infinity: they are kept as their names. */
export function toFinite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
