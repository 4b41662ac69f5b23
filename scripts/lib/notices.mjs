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

/** Packages that the given modules come from, by name; throws for a package that states no licence. */
export function listPackages(modules, root) {
  const folders = modules.map(packageFolder).filter(Boolean);
  for (const name of STYLES) folders.push(join(root, 'node_modules', name));
  const packages = new Map();
  for (const folder of new Set(folders)) {
    if (!existsSync(folder)) continue;
    const { name, version, license, author } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    if (typeof license !== 'string') throw new TypeError(`${name} states no licence`);
    const by = typeof author === 'string' ? author : author?.name;
    const text = licenceText(folder) ?? `Licensed under ${license}${by ? `, by ${by}` : ''}.`;
    packages.set(`${name} ${version}`, { name, version, license, text });
  }
  return [...packages.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text of THIRD-PARTY-NOTICES. */
export function renderNotices(packages) {
  const line = '-'.repeat(78);
  return [
    'Coaia contains the following software. Each part stays under its own licence.\n',
    ...packages.map(
      ({ name, version, license, text }) =>
        `${line}\n${name} ${version} (${license})\n${line}\n${text}\n`,
    ),
  ].join('\n');
}

/** The bill of materials as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). */
export function renderBillOfMaterials(packages, { name, version }) {
  const toComponent = (part) => {
    const isExpression = part.license.includes(' ');
    const license = isExpression ? { expression: part.license } : { license: { id: part.license } };
    const purl = `pkg:npm/${part.name.replace('@', '%40')}@${part.version}`;
    return {
      type: 'library',
      name: part.name,
      version: part.version,
      purl,
      'bom-ref': purl,
      licenses: [license],
    };
  };
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', name, version, 'bom-ref': `pkg:npm/${name}@${version}` },
    },
    components: packages.map(toComponent),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}
