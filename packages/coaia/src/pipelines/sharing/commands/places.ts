/** Where commands of sharing read and write. */
import { join } from 'node:path';
import { findHome } from '#config';
import type { CommandContext } from '#surface';
import { LOCATIONS } from '../../authoring/template-files.ts';
import { toFolders } from '../../create/open-places.ts';
import type { Place } from '../install.ts';

export const locationOption = {
  type: 'string',
  choices: LOCATIONS,
  default: 'project',
  placeholder: 'PLACE',
  summary: 'project: ./.coaia/templates, user: ~/.coaia/templates',
} as const;

export function toPlace(
  context: Pick<CommandContext<unknown>, 'cwd' | 'env'>,
  location: string,
): Place {
  const { project, user } = toFolders(context);
  return location === 'user'
    ? { folder: findHome(context), templates: user }
    : { folder: join(context.cwd, '.coaia'), templates: project };
}
