/** Licences of everything that is bundled in, as the licences ask for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Packages that the stylesheets bring in, which no script module names. */
const STYLES = ['@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono', 'tailwindcss'];

/** Folder of the package a module belongs to, or undefined for our own sources. */
function packageFolder(id) {
  const path = id.replaceAll('\0', '').split('?')[0];
  const parts = path.split(`${sep}node_modules${sep}`);
  if (parts.length < 2) return undefined;
  const [first, second] = parts.at(-1).split(sep);
  const name = first.startsWith('@') ? join(first, second) : first;
  return join(parts.slice(0, -1).join(`${sep}node_modules${sep}`), 'node_modules', name);
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) =>
    /^(?:licen[cs]e|copying)(?:[.-].*)?$/i.test(name),
  );
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').trim();
}

/** The text of THIRD-PARTY-NOTICES for the given modules; throws for a package that states no licence. */
export function renderNotices(modules, root) {
  const folders = new Set(
    modules.map(packageFolder).filter((folder) => folder !== undefined && existsSync(folder)),
  );
  for (const name of STYLES) folders.add(join(root, 'node_modules', name));
  const parts = [...folders].toSorted().map((folder) => {
    const { name, version, license, author } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    if (typeof license !== 'string') throw new TypeError(`${name} states no licence`);
    const by = typeof author === 'string' ? author : author?.name;
    const text = licenceText(folder) ?? `Licensed under ${license}${by ? `, by ${by}` : ''}.`;
    return { title: `${name} ${version} (${license})`, text };
  });
  const seen = new Set();
  const unique = parts.filter(({ title }) => !seen.has(title) && seen.add(title));
  const line = '-'.repeat(78);
  return [
    'Coaia contains the following software. Each part stays under its own licence.\n',
    ...unique.map(({ title, text }) => `${line}\n${title}\n${line}\n${text}\n`),
  ].join('\n');
}
