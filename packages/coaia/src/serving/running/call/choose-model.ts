/** Which of the project's models is meant. */
import { findNearest } from '#base';
import type { ModelSettings, Project } from '../../projects/project.ts';
import { runningFailures } from '../errors.ts';

/** The named one, or the only one. AO624, AO627. */
export function chooseModel({ models, name }: Project, wanted: string | undefined): ModelSettings {
  const [first] = models;
  if (first === undefined)
    throw runningFailures.create('AO627', `${name} has no model.`, { hint: 'ao init --from FILE' });
  if (wanted === undefined && models.length === 1) return first;
  const names = models.map((model) => model.name);
  const found = models.find((model) => model.name === wanted);
  if (found !== undefined) return found;
  const [nearest = names[0]] = findNearest(wanted ?? '', names);
  throw runningFailures.create(
    'AO624',
    wanted === undefined
      ? `${name} has several models: ${names.join(', ')}.`
      : `${name} has no model \`${wanted}\`; it has ${names.join(', ')}.`,
    { hint: `ao call --model ${nearest}` },
  );
}
