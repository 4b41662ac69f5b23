/** Which model a command is about. */
import { isCoaiaError } from '#base';
import { findModel } from '../../versions/find-model.ts';
import type { Project } from '../../projects/project.ts';
import { readProject } from '../../projects/read-project.ts';
import { predictionFailures } from '../errors.ts';

export const modelOption = {
  model: { type: 'string', placeholder: 'NAME', summary: 'Which model; the only one otherwise' },
} as const;

/** When the predictions were made that a command looks at. */
export const sinceOption = {
  since: {
    type: 'string',
    placeholder: 'TIME',
    summary: 'Predicted since, such as 7d or 2026-03-01',
  },
} as const;

/** Which version, with what is meant without the option. */
export const toVersionOption = (summary: string) =>
  ({ version: { type: 'number', placeholder: 'N', summary } }) as const;

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The project around the working folder; undefined where there is none. */
export async function findProject({ cwd, env }: Place): Promise<Project | undefined> {
  return readProject(cwd, { env }).catch((error: unknown) => {
    if (isCoaiaError(error) && error.code === 'AO110') return undefined;
    throw error;
  });
}

/** The model that was named, or the project's only one. AO666, and AO681 outside of a project. */
export async function chooseModel(place: Place, name: string | undefined): Promise<string> {
  const project = await findProject(place);
  if (
    project !== undefined &&
    (name === undefined || project.models.some((one) => one.name === name))
  )
    return findModel(project, name).name;
  if (name !== undefined) return name;
  throw predictionFailures.create(
    'AO681',
    'This folder is in no project, so the model needs a name.',
    {
      hint: 'repeat the command with --model NAME',
    },
  );
}
