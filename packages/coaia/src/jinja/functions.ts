/** The functions of our own that templates may call; one moment holds for a whole rendering. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';

import { TemplateError } from './errors.ts';
import type { TemplateFunction } from './options.ts';
import { formatDate } from './values/dates.ts';

export interface FunctionSources {
  readonly now: Date;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Names of the environment that look like a secret, and values with a password in an address. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASS|IDENTITY|CREDENTIAL|AUTH|DSN/;
const SECRET_VALUE = /:\/\/[^/\s]*@/;

/**
 * `uuid4()`, `now()` and `timestamp()` (ISO 8601, UTC, microseconds), `date(format)` (strftime, UTC), `mobile_id()`
 * (`mobile_` and 8 hex digits), `touch_timestamp()` (local HH:MM:SS), `env(NAME)` (COAIA_* without secrets), `sha256(text)`.
 */
export function templateFunctions({
  now,
  env,
}: FunctionSources): Readonly<Record<string, TemplateFunction>> {
  const stamp = () => now.toISOString().replace('Z', '000Z');
  return {
    uuid4: () => randomUUID(),
    now: stamp,
    timestamp: stamp,
    date: (format = '%Y-%m-%d') => formatDate(now, String(format)),
    mobile_id: () => `mobile_${randomBytes(4).toString('hex')}`,
    touch_timestamp: () =>
      [now.getHours(), now.getMinutes(), now.getSeconds()]
        .map((part) => String(part).padStart(2, '0'))
        .join(':'),
    env: (name, otherwise) => readEnv(env, String(name)) ?? otherwise,
    sha256: (text = '') => createHash('sha256').update(String(text)).digest('hex'),
  };
}

/** The names of `templateFunctions`. */
export const functionNames: readonly string[] = Object.keys(
  templateFunctions({ now: new Date(0), env: {} }),
);

function readEnv(env: FunctionSources['env'], name: string): string | undefined {
  if (!/^COAIA_[A-Z\d_]+$/.test(name) || SECRET_NAME.test(name))
    throw new TemplateError('`env` reads COAIA_* names that hold no secret', 'COAIA-0975');
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value !== undefined && SECRET_VALUE.test(value))
    throw new TemplateError('`env` does not read an address with a password', 'COAIA-0975');
  return value;
}
