type Raw = Readonly<Record<string, unknown>>;

/** What the address of the playground says: what its first column starts from. */
export interface PlaygroundSearch {
  /** Name of a stored prompt. */
  readonly prompt?: string;
  /** Its version; the newest without it. */
  readonly version?: string;
  /** A recorded call: its trace and its observation. */
  readonly trace?: string;
  readonly observation?: string;
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads the address; what is unknown is dropped. */
export function parsePlaygroundSearch(raw: Raw): PlaygroundSearch {
  const version = toText(raw['version']);
  const fields = {
    prompt: toText(raw['prompt']),
    version: version !== undefined && /^[1-9]\d{0,8}$/.test(version) ? version : undefined,
    trace: toText(raw['trace']),
    observation: toText(raw['observation']),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** One word for where a draft came from; empty for a blank one. */
export function toSource({ prompt, version, trace, observation }: PlaygroundSearch): string {
  if (observation !== undefined) return `call ${trace ?? ''} ${observation}`;
  return prompt === undefined ? '' : `prompt ${prompt} ${version ?? 'latest'}`;
}
