/** Environments as arguments: `dev`, `default`, `global:dev`. */
import { toPlace } from './environment.ts';
import type { Location, Place } from './environment.ts';
import type { Environments } from './open-environments.ts';

/** The place that is meant; without `global:` it is one of the project. Throws COAIA-5400 for no name. */
export function readReference(environments: Environments, text: string): Place {
  const [, location = 'project', name = ''] = /^(?:(project|global):)?(.*)$/s.exec(text) ?? [];
  return toPlace(environments, location as Location, name);
}
