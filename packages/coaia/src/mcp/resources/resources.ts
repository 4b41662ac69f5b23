/** Resources: pipeline templates and environment files of this machine. */
import { homePaths, findHome } from '#config';
import type { ResourceEntry, Resources } from '../surface.ts';
import { listEnvironments, readEnvironment } from './environments.ts';
import { listTemplates, readTemplate, toVariables } from './templates.ts';

/** Where files are looked for. */
export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const TEMPLATES = 'coaia://templates/';

const LISTS: readonly ResourceEntry[] = [
  { uri: TEMPLATES, name: 'templates', description: 'Pipeline templates that can be used here' },
];

/** Reads files when they are asked for. */
export function openResources(place: Place): Resources {
  const home = homePaths(findHome(place)).home;
  const folders = { cwd: place.cwd, home };
  return {
    async list() {
      return [...LISTS, ...listEnvironments(folders)];
    },
    templates: [
      {
        uri: `${TEMPLATES}{name}`,
        name: 'template',
        description: 'One pipeline template, whole',
      },
      {
        uri: `${TEMPLATES}{name}/variables`,
        name: 'template-variables',
        description: 'What a pipeline template wants to know',
      },
    ],
    async read(uri) {
      if (uri === TEMPLATES) return { templates: await listTemplates(folders) };
      if (!uri.startsWith(TEMPLATES)) return readEnvironment(uri, folders);
      const [name = '', part, ...rest] = uri.slice(TEMPLATES.length).split('/');
      if (rest.length > 0 || (part !== undefined && part !== 'variables')) return undefined;
      const template = await readTemplate(decodeURIComponent(name), folders);
      return part === undefined || template === undefined ? template : toVariables(template);
    },
  };
}
