/** Values of `[secrets]`: ao.toml holds their names, the environment or files hold them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Project } from './project.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface Secrets {
  /** What the model's code sees in its environment, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** One sentence for each name without a value on this machine. */
  readonly missing: readonly string[];
}

/** Only names that are declared are looked up. Files are relative to the project; the break at their end is no part. */
export function readSecrets(
  { folder, secrets = [] }: Pick<Project, 'folder'> & Partial<Pick<Project, 'secrets'>>,
  env: Env,
): Secrets {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const { name, env: variable = name, file } of secrets) {
    const value = file === undefined ? env[variable] : readValue(resolve(folder, file));
    if (value !== undefined && value !== '') values[name] = value;
    else {
      const place =
        file === undefined ? `the variable ${variable} is not set` : `${file} cannot be read`;
      missing.push(`The secret ${name} has no value here: ${place} (ao explain AO602).`);
    }
  }
  return { values, missing };
}

function readValue(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
