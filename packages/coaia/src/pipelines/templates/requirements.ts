/** What a template requires of the program and of other templates. */
import { version as programVersion } from '#base';
import { templateFailures } from './errors.ts';
import { findText, readVersion } from './places.ts';
import type { TemplatePlaces } from './places.ts';
import { isInRange } from './reference.ts';
import type { Template } from './template.ts';

/** Throws COAIA-5009 for the first requirement that is not met. */
export async function checkRequirements(
  places: TemplatePlaces,
  { name, requires }: Template,
): Promise<void> {
  if (requires === undefined) return;
  const { coaia, templates = {} } = requires;
  if (coaia !== undefined && !(await isInRange(programVersion, coaia)))
    throw templateFailures.create(
      'COAIA-5009',
      `The template ${name} requires coaia ${coaia}; this is ${programVersion}.`,
    );
  for (const [other, range] of Object.entries(templates)) {
    if ((await findText(places, other, range)) !== undefined) continue;
    const here = await findText(places, other);
    throw templateFailures.create(
      'COAIA-5009',
      here === undefined
        ? `The template ${name} requires ${other}@${range}, which is not here.`
        : `The template ${name} requires ${other}@${range}; here is ${readVersion(here.text, here.format) ?? '1.0'}.`,
      { hint: `coaia pipeline versions ${other}` },
    );
  }
}
