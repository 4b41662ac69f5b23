/** Pipeline templates as files: of the project, then of the home. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '#base';

export interface Folders {
  readonly cwd: string;
  readonly home: string;
}

type Template = Readonly<Record<string, unknown>>;

/** No dots in front and no separators, so that a name never leaves its folder. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const ENDINGS = ['.json', '.yaml', '.yml'] as const;

function toPlaces({ cwd, home }: Folders) {
  return [
    { location: 'project', folder: join(cwd, '.coaia', 'templates') },
    { location: 'global', folder: join(home, 'templates') },
  ] as const;
}

/** Names with their descriptions; of two with one name the project's counts. Damaged files are left out. */
export async function listTemplates(folders: Folders): Promise<readonly Template[]> {
  const found = new Map<string, Template>();
  for (const { location, folder } of toPlaces(folders)) {
    const files: readonly string[] = await readdir(folder).catch(() => []);
    for (const file of files.toSorted()) {
      const ending = ENDINGS.find((one) => file.endsWith(one));
      const name = ending === undefined ? '' : file.slice(0, -ending.length);
      if (!NAME.test(name) || found.has(name)) continue;
      const template = await readFileAs(join(folder, file));
      if (template === undefined) continue;
      const description = template['description'] ?? null;
      found.set(name, { name, location, description, version: template['version'] ?? '1.0' });
    }
  }
  return [...found.values()];
}

/** The template, or undefined when there is none of that name that can be read. */
export async function readTemplate(name: string, folders: Folders): Promise<Template | undefined> {
  if (!NAME.test(name)) return undefined;
  for (const { folder } of toPlaces(folders))
    for (const ending of ENDINGS) {
      const template = await readFileAs(join(folder, `${name}${ending}`));
      if (template !== undefined) return { name, ...template };
    }
  return undefined;
}

/** Variables of a template with what stands for those that say nothing. */
export function toVariables({ name, variables }: Template): Template {
  const list = Array.isArray(variables) ? variables.filter((one) => isObject(one)) : [];
  return {
    name,
    variables: list.map((variable) => ({ type: 'string', required: true, ...variable })),
  };
}

async function readFileAs(path: string): Promise<Template | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const value: unknown = path.endsWith('.json')
      ? JSON.parse(text)
      : (await import('yaml')).parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
