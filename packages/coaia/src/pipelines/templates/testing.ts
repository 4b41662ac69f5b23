/** Templates as tests write them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resolveTemplate } from './find-template.ts';
import type { TemplatePlaces } from './places.ts';
import type { FoundTemplate } from './template.ts';

/** A template that is not in any file, ready for use. */
export function makeTemplate(
  fields: Readonly<Record<string, unknown>>,
  places: TemplatePlaces = {},
): Promise<FoundTemplate> {
  const text = JSON.stringify({ name: 'draft', ...fields });
  return resolveTemplate(places, {
    name: 'draft',
    source: 'project',
    path: null,
    text,
    format: 'json',
  });
}

/** A folder with these files; objects are written as JSON. */
export function makeFolder(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-templates-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}
