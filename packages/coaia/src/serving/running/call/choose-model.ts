/** Which of the project's models is meant. */
import { findNearest } from '#base';
import type { ModelSettings, Project } from '../../projects/project.ts';
import { runningFailures } from '../errors.ts';

/** The named one, or the only one. AO624, AO627. */
export function chooseModel(
  { models, link, name }: Project,
  wanted: string | undefined,
): Pick<ModelSettings, 'name'> {
  // Models of another server have only their names here.
  const names = link.models.length > 0 ? link.models : models.map((model) => model.name);
  const [first] = names;
  if (first === undefined)
    throw runningFailures.create('AO627', `${name} has no model.`, { hint: 'ao init --from FILE' });
  if (wanted === undefined && names.length === 1) return { name: first };
  if (wanted !== undefined && names.includes(wanted)) return { name: wanted };
  const [nearest = names[0]] = findNearest(wanted ?? '', names);
  throw runningFailures.create(
    'AO624',
    wanted === undefined
      ? `${name} has several models: ${names.join(', ')}.`
      : `${name} has no model \`${wanted}\`; it has ${names.join(', ')}.`,
    { hint: `ao call --model ${nearest}` },
  );
}
