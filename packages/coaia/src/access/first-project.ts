/** What the first project is called and which keys it has, as the operator set it by LANGFUSE_INIT_*. */
import { accessErrors } from './errors.ts';
import type { KeyPair } from './keys.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface FirstProject {
  readonly organizationId: string;
  readonly organizationName: string;
  /** Undefined: the first project that the store already has, else `default`. */
  readonly projectId: string | undefined;
  readonly projectName: string;
  /** Undefined: a random pair is made once. */
  readonly pair: KeyPair | undefined;
}

/** Reads LANGFUSE_INIT_*; empty values count as unset. Fails with COAIA-0303 on half a key pair. */
export function toFirstProject(env: Environment): FirstProject {
  const read = (name: string) => env[`LANGFUSE_INIT_${name}`]?.trim() || undefined;
  const publicKey = read('PROJECT_PUBLIC_KEY');
  const secretKey = read('PROJECT_SECRET_KEY');
  const organizationId = read('ORG_ID') ?? 'default';
  const projectId = read('PROJECT_ID');
  return {
    organizationId,
    organizationName: read('ORG_NAME') ?? organizationId,
    projectId,
    projectName: read('PROJECT_NAME') ?? projectId ?? 'default',
    pair: toPair(publicKey, secretKey),
  };
}

function toPair(publicKey: string | undefined, secretKey: string | undefined): KeyPair | undefined {
  if (publicKey !== undefined && secretKey !== undefined) return { publicKey, secretKey };
  if (publicKey === undefined && secretKey === undefined) return undefined;
  const missing = publicKey === undefined ? 'PUBLIC' : 'SECRET';
  throw accessErrors.create(
    'COAIA-0303',
    `LANGFUSE_INIT_PROJECT_${missing}_KEY is not set, but the other half of the pair is.`,
    { hint: `export LANGFUSE_INIT_PROJECT_${missing}_KEY=...` },
  );
}
