/** What the engine keeps of a schedule without looking at it. */
import { createId } from '#base';
import type { SealedSecret, SecretBox } from '#models';
import type { Values } from '../templates/template.ts';

/** Of which its runs are made. */
export interface ScheduleContent {
  readonly template: string;
  /** Those of secret variables are masked. */
  readonly variables: Values;
  readonly sealed: Sealed | null;
}

/** Where failures are told. */
export interface ScheduleMetadata {
  readonly every: string | null;
  readonly webhook: Webhook | null;
}

export interface Webhook {
  readonly url: string;
  readonly sealed: Sealed;
}

/** A secret and what it is bound to. */
export interface Sealed {
  readonly id: string;
  readonly secret: SealedSecret;
}

const toContext = (projectId: string, id: string): string => `pipeline-schedule:${projectId}:${id}`;

/** Encrypts a JSON value. */
export function sealJson(secrets: SecretBox, projectId: string, value: unknown): Sealed {
  const id = createId();
  return { id, secret: secrets.seal(JSON.stringify(value), toContext(projectId, id)) };
}

/** Throws COAIA-4020 where the key is another one. */
export function openJson(secrets: SecretBox, projectId: string, { id, secret }: Sealed): unknown {
  return JSON.parse(secrets.open(secret, toContext(projectId, id))) as unknown;
}
