/** `npm run docs`: writes what is derived from the program: the arrow table and docs/reference. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onNode, root } from './lib/setup.mjs';

await onNode(import.meta.filename);

const { renderArrows } = await import('../tests/architecture/arrows.ts');
const page = join(root, 'ARCHITECTURE.md');
const text = readFileSync(page, 'utf8');
const arrows = `${renderArrows()}\n`;
writeFileSync(
  page,
  text.replace(/(?<=<!-- arrows -->\n)[^]*?(?=<!-- \/arrows -->)/, () => arrows),
);

const { renderReference } = await import('../tests/docs/render-reference.ts');
const folder = join(root, 'docs/reference');
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(await renderReference())) {
  writeFileSync(join(folder, name), content);
}

const { withDifferences } = await import('../tests/docs/render-differences.ts');
const compatibility = join(root, 'docs/langfuse-compatibility.md');
writeFileSync(compatibility, withDifferences(readFileSync(compatibility, 'utf8')));
