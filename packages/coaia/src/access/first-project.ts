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

/** Who administrates the organization of the first project, as far as the operator says it. */
export interface FirstPeople {
  /** A key of the organization: COAIA_INIT_ORG_PUBLIC_KEY and COAIA_INIT_ORG_SECRET_KEY. */
  readonly pair: KeyPair | undefined;
  /** The first owner; LANGFUSE_INIT_USER_EMAIL, _NAME and _PASSWORD. */
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly password: string | undefined;
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
    pair: toPair('LANGFUSE_INIT_PROJECT', publicKey, secretKey),
  };
}

/** Reads the settings of the first owner and the organization's key. Fails with COAIA-0303 on half a key pair. */
export function toFirstPeople(env: Environment): FirstPeople {
  const read = (name: string) => env[name]?.trim() || undefined;
  const publicKey = read('COAIA_INIT_ORG_PUBLIC_KEY');
  const secretKey = read('COAIA_INIT_ORG_SECRET_KEY');
  return {
    pair: toPair('COAIA_INIT_ORG', publicKey, secretKey),
    email: read('LANGFUSE_INIT_USER_EMAIL'),
    name: read('LANGFUSE_INIT_USER_NAME'),
    password: read('LANGFUSE_INIT_USER_PASSWORD'),
  };
}

function toPair(
  prefix: string,
  publicKey: string | undefined,
  secretKey: string | undefined,
): KeyPair | undefined {
  if (publicKey !== undefined && secretKey !== undefined) return { publicKey, secretKey };
  if (publicKey === undefined && secretKey === undefined) return undefined;
  const missing = publicKey === undefined ? 'PUBLIC' : 'SECRET';
  throw accessErrors.create(
    'COAIA-0303',
    `${prefix}_${missing}_KEY is not set, but the other half of the pair is.`,
    { hint: `export ${prefix}_${missing}_KEY=...` },
  );
}
