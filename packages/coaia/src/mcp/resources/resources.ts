/** Resources: pipeline templates and environment files of this machine. */
import { isCoaiaError } from '#base';
import { homePaths, findHome } from '#config';
import type { McpApi } from '#main/open-mcp';
import type { PipelinesApi } from '@coaia/client';
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

/** Files come first; what is in none is asked of the store or the server, which know the built-in templates too. */
export function openResources(
  place: Place,
  open: () => Promise<Pick<McpApi, 'pipelines'>>,
): Resources {
  const stored = async () => (await (await open()).pipelines()).templates;
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
      if (uri === TEMPLATES) {
        const files = await listTemplates(folders);
        const names = new Set(files.map((template) => template['name']));
        const { data } = await (await stored()).listPipelines();
        return { templates: [...files, ...data.filter(({ name: known }) => !names.has(known))] };
      }
      if (!uri.startsWith(TEMPLATES)) return readEnvironment(uri, folders);
      const [name = '', part, ...rest] = uri.slice(TEMPLATES.length).split('/');
      if (rest.length > 0 || (part !== undefined && part !== 'variables')) return undefined;
      const wanted = decodeURIComponent(name);
      const template = (await readTemplate(wanted, folders)) ?? (await findStored(stored, wanted));
      return part === undefined || template === undefined ? template : toVariables(template);
    },
  };
}

/** The resolved template of that name, or undefined. */
async function findStored(stored: () => Promise<PipelinesApi>, name: string) {
  try {
    const { template } = await (await stored()).getPipeline(name);
    return template as unknown as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (isCoaiaError(error) && error.definition.status === 404) return undefined;
    throw error;
  }
}
