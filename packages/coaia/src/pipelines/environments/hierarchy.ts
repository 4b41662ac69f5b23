/** Where a variable comes from: the process environment, the project, the home. */
import { readEnvFile } from '#config';
import type { Env } from '#config';
import { ENCRYPTED, isMetadata, LOCATIONS, toPlace } from './environment.ts';
import type { Environments } from './open-environments.ts';

/** One source of variables, the highest first. */
export interface Layer {
  /** `environment` or the path of a file. */
  readonly source: string;
  readonly values: Env;
  readonly isEncrypted: boolean;
}

export interface Resolved {
  readonly name: string;
  readonly value: string;
  readonly source: string;
  readonly isEncrypted: boolean;
}

/**
 * The process environment, then the files of the project and of the home, each with that name first. A file is read
 * when it is reached: what the process environment answers needs no key.
 */
export function* readLayers(
  environments: Environments,
  env: Env,
  name = environments.profile,
): Generator<Layer> {
  yield { source: 'environment', values: env, isEncrypted: false };
  for (const source of listFiles(environments, name)) {
    const content = readEnvFile(source, environments.keys);
    if (content !== undefined)
      yield { source, values: content.values, isEncrypted: content.isEncrypted };
  }
}

function listFiles(environments: Environments, name: string | undefined): readonly string[] {
  const names = name === undefined ? [undefined] : [name, undefined];
  const paths = LOCATIONS.flatMap((location) =>
    names.map((one) => toPlace(environments, location, one).path),
  );
  return [...new Set(paths)].flatMap((path) => [path, path + ENCRYPTED]);
}

/** The first layer that has a value for the name; one that is empty counts only when no other has any. */
export function resolveVariable(layers: Iterable<Layer>, name: string): Resolved | undefined {
  let empty: Resolved | undefined;
  for (const { values, source, isEncrypted } of layers) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const offer = value === undefined ? undefined : { name, value, source, isEncrypted };
    if (offer !== undefined && offer.value !== '') return offer;
    empty ??= offer;
  }
  return empty;
}

/** Every variable that a file names, with what it is now. */
export function resolveAll(layers: Iterable<Layer>): readonly Resolved[] {
  const all = [...layers];
  const names = new Set(all.slice(1).flatMap(({ values }) => Object.keys(values)));
  return [...names]
    .filter((name) => !isMetadata(name))
    .flatMap((name) => resolveVariable(all, name) ?? []);
}
