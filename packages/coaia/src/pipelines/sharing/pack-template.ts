/** A template of this machine, or of its project, as a pack. */
import { findHome } from '#config';
import type { CommandContext } from '#surface';
import { openPlaces } from '../create/open-places.ts';
import type { TemplateCommandsApi } from '../stored/ports.ts';
import { findTemplate } from '../templates/find-template.ts';
import { findText } from '../templates/places.ts';
import { writePack, type PackedTemplate } from './pack.ts';
import { openPublisherKey } from './publisher-key.ts';
import { toPacked } from './source.ts';

/** What it extends goes with it, unless that comes with every Coaia. Throws COAIA-5000 to 5009. */
export async function packTemplate(
  context: CommandContext<TemplateCommandsApi>,
  reference: string,
): Promise<{
  readonly text: string;
  readonly templates: readonly PackedTemplate[];
  readonly publisher: string;
}> {
  const places = openPlaces(context, async () => (await context.open()).templates);
  const found = await findTemplate(places, reference);
  const templates = [await toPacked(found.text, found.format)];
  for (const { name, version } of found.bases) {
    const base = await findText(places, name, version);
    if (base !== undefined && base.source !== 'builtin')
      templates.push(await toPacked(base.text, base.format));
  }
  const { key, publisher } = openPublisherKey(findHome(context));
  return { text: writePack(templates, key), templates, publisher };
}
