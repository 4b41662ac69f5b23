/** Environment files, score-config caches, templates and session.yml. */
import { chmodSync, cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { isObject } from '#base';
import { createFolder, isEnvName, readEnvFile, readSmallFile } from '#config';
import { asIs, toProblem } from './finding.ts';
import type { Finding } from './finding.ts';

export function listFiles(folder: string, pattern: RegExp): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
      .toSorted();
  } catch {
    return [];
  }
}

/** `.coaia-env`, `global.env` and their variants: both formats stay; secrets in them are closed to others. */
export function inspectEnvFile(path: string): Finding | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const file = readEnvFile(path);
    const names = Object.keys(file?.values ?? {});
    const bad = names.filter((name) => !isEnvName(name));
    const base = asIs(path, 'environment', `${names.length} variables, read as it is`);
    const unmapped = bad.map((name) => `${JSON.stringify(name)} cannot be the name of a variable`);
    const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
    if (!isOpen) return { ...base, unmapped };
    const apply = () => {
      chmodSync(path, 0o600);
      return undefined;
    };
    return { ...base, unmapped, changes: [{ text: 'closed to other users (0600)' }], apply };
  } catch (error) {
    return toProblem(path, 'environment', error);
  }
}

/** `./.env`: CoAiAPy let it win over the environment, here the environment wins. */
export function inspectDotenv(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Finding | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const values = readEnvFile(path)?.values ?? {};
    const hidden = Object.keys(values).filter(
      (name) => (env[name] ?? '') !== '' && env[name] !== values[name],
    );
    const note =
      hidden.length === 0
        ? `${Object.keys(values).length} variables, read as it is`
        : `the environment wins over it for ${hidden.join(', ')}; COAIA_DOTENV_OVERRIDE=1 turns that round`;
    return asIs(path, '.env', note);
  } catch (error) {
    return toProblem(path, '.env', error);
  }
}

/** A cache of score configs of a project: it is copied to where the caches are. */
export function inspectScoreCache(path: string, folder: string): Finding {
  const kind = 'score configs';
  const target = join(folder, basename(path));
  try {
    const value = JSON.parse(readSmallFile(path) ?? 'null') as unknown;
    const configs = isObject(value) ? value['configs'] : undefined;
    if (!Array.isArray(configs))
      return { ...asIs(path, kind, 'left as it is'), problem: 'it is no cache of score configs' };
    const base = asIs(path, kind, `${configs.length} score configs`);
    if (existsSync(target)) return base;
    const apply = () => {
      createFolder(folder);
      cpSync(path, target);
      chmodSync(target, 0o600);
      return undefined;
    };
    return { ...base, changes: [{ text: `copied to ${target}` }], apply };
  } catch (error) {
    return toProblem(path, kind, error);
  }
}

/** Templates of pipelines are read where they lie. */
export function inspectTemplate(path: string): Finding {
  const kind = 'template';
  try {
    const text = readSmallFile(path) ?? '';
    const value = parse(text) as unknown;
    const steps = isObject(value) ? value['steps'] : undefined;
    if (!isObject(value) || typeof value['name'] !== 'string')
      return {
        ...asIs(path, kind, 'left as it is'),
        problem: 'it has no name, so it is no template',
      };
    const count = Array.isArray(steps) ? steps.length : 0;
    return asIs(
      path,
      kind,
      `${value['name']}, ${count} steps; coaia pipeline validate ${value['name']}`,
    );
  } catch (error) {
    return toProblem(path, kind, error);
  }
}

/** `session.yml`: read by `coaia fuse sessions`. */
export function inspectSession(path: string): Finding | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const value = parse(readSmallFile(path) ?? '') as unknown;
    const nodes = isObject(value) && Array.isArray(value['nodes']) ? value['nodes'].length : 0;
    return asIs(path, 'session', `${nodes} nodes, read as it is by coaia fuse sessions`);
  } catch (error) {
    return toProblem(path, 'session', error);
  }
}
