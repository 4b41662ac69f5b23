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

/** The process environment, then the files of the project and of the home, each with that name first. */
export function readLayers(
  environments: Environments,
  env: Env,
  name = environments.profile,
): readonly Layer[] {
  const files = LOCATIONS.flatMap((location) => {
    const names = name === undefined ? [undefined] : [name, undefined];
    const paths = names.map((one) => toPlace(environments, location, one).path);
    return [...new Set(paths)].flatMap((path) => [path, path + ENCRYPTED]);
  });
  return [
    { source: 'environment', values: env, isEncrypted: false },
    ...files.flatMap((source) => {
      const content = readEnvFile(source, environments.keys);
      return content === undefined
        ? []
        : [{ source, values: content.values, isEncrypted: content.isEncrypted }];
    }),
  ];
}

/** The first layer that has a value for the name; one that is empty counts only when no other has any. */
export function resolveVariable(layers: readonly Layer[], name: string): Resolved | undefined {
  const offers = layers.flatMap(({ values, source, isEncrypted }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? [] : [{ name, value, source, isEncrypted }];
  });
  return offers.find(({ value }) => value !== '') ?? offers[0];
}

/** Every variable that a file names, with what it is now. */
export function resolveAll(layers: readonly Layer[]): readonly Resolved[] {
  const names = new Set(layers.slice(1).flatMap(({ values }) => Object.keys(values)));
  return [...names]
    .filter((name) => !isMetadata(name))
    .flatMap((name) => resolveVariable(layers, name) ?? []);
}
