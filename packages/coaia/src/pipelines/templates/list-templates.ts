/** Every template there is, each by the one that its name finds. */
import { isCoaiaError } from '#base';
import { resolveTemplate } from './find-template.ts';
import { findText, listFiles } from './places.ts';
import type { TemplatePlaces, TemplateText } from './places.ts';
import type { FoundTemplate } from './template.ts';

export interface ListedTemplate {
  readonly name: string;
  readonly text: TemplateText;
  /** Absent when it is broken; then `reason` says why. */
  readonly found?: FoundTemplate;
  readonly reason?: string;
}

/** Names in the order of the places, each once: project, user, store, built-in. */
export async function listNames(places: TemplatePlaces): Promise<readonly string[]> {
  const { builtInNames } = await import('../built-in/built-in.ts');
  const folders = [places.project, places.user].filter((folder) => folder !== undefined);
  const files = folders.flatMap((folder) =>
    [...new Set(listFiles(folder).map(({ name }) => name))].toSorted(),
  );
  const stored = (await places.stored?.list()) ?? [];
  return [...new Set([...files, ...stored.map(({ name }) => name), ...builtInNames])];
}

/** All templates; broken ones are among them with their reason. */
export async function listTemplates(places: TemplatePlaces): Promise<readonly ListedTemplate[]> {
  const listed: ListedTemplate[] = [];
  for (const name of await listNames(places)) {
    const text = await readText(places, name);
    if (text !== undefined)
      listed.push('reason' in text ? text : await readListed(places, name, text));
  }
  return listed;
}

/** A file that cannot even be read is broken as well. */
async function readText(
  places: TemplatePlaces,
  name: string,
): Promise<TemplateText | (ListedTemplate & { readonly reason: string }) | undefined> {
  try {
    return await findText(places, name);
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    const text = { name, source: 'project', path: null, text: '', format: 'json' } as const;
    return { name, text, reason: error.message };
  }
}

/** A text that was found, ready for use or with the reason why it is not. */
export async function readListed(
  places: TemplatePlaces,
  name: string,
  text: TemplateText,
): Promise<ListedTemplate> {
  try {
    return { name, text, found: await resolveTemplate(places, text) };
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return { name, text, reason: error.message };
  }
}
