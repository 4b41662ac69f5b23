/** Names that a run gives to what it makes: the same however often it is taken up again. */

function toHash(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
}

/** 16 hex digits: the observation of a step, or of one item of it. */
export function toObservationId(runId: string, step: string): string {
  return toHash(`observation\n${runId}\n${step}`).slice(0, 16);
}

/** The n-th version 4 UUID of a step. */
export function toUuid(runId: string, step: string, count: number): string {
  const hex = toHash(`uuid\n${runId}\n${step}\n${count}`);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) % 4) + 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An event of ingestion; the same step writes the same event again. */
export function toEventId(runId: string, ...parts: readonly string[]): string {
  return `run-${toHash(['event', runId, ...parts].join('\n')).slice(0, 32)}`;
}
