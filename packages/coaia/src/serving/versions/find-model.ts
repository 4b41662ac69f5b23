/** Which model of a project a command means. */
import type { ModelSettings, Project } from '../projects/project.ts';
import { versionFailures } from './errors.ts';

/** The model by its name, or the only one. AO666 when that is not clear. */
export function findModel(project: Project, name: string | undefined): ModelSettings {
  const { models } = project;
  const names = models.map((model) => model.name).join(', ');
  const [only, ...others] = models;
  if (name === undefined && only !== undefined && others.length === 0) return only;
  const found = models.find((model) => model.name === name);
  if (found !== undefined) return found;
  throw versionFailures.create(
    'AO666',
    name === undefined
      ? `${project.name} has ${models.length === 0 ? 'no model' : `the models ${names}`}; say which one is meant.`
      : `${project.name} has no model ${name}; there is ${names === '' ? 'none' : names}.`,
    { hint: models.length === 0 ? 'ao init' : `--model ${only?.name ?? 'NAME'}` },
  );
}
