/** Exact versions in requirements.txt and DESCRIPTION; what somebody wrote beside them stays. */
import { projectFailures } from './errors.ts';

type Packages = Readonly<Record<string, string>>;

/** Name, extras and the rest of a requirement (PEP 508); undefined for options, comments and empty lines. */
const REQUIREMENT = /^\s*([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*(.*)$/;

/** As package indexes compare names (PEP 503). */
const toPlain = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

/**
 * The text of requirements.txt with these versions by distribution name. Lines of other packages, options, markers
 * and comments stay; a package at an address of its own does, too. AO114 for a line with hashes.
 */
export function lockRequirements(text: string, packages: Packages): string {
  const wanted = new Map(Object.entries(packages).map(([name, pin]) => [toPlain(name), pin]));
  const missing = new Map(Object.entries(packages).map((entry) => [toPlain(entry[0]), entry]));
  const lines = text.split(/\r?\n/).map((line) => {
    const [, name = '', extras = '', rest = ''] = REQUIREMENT.exec(line) ?? [];
    const pin = wanted.get(toPlain(name));
    if (pin === undefined) return line;
    missing.delete(toPlain(name));
    if (rest.startsWith('@')) return line;
    if (/\\\s*$|--hash/.test(rest)) throw toHashed(name);
    // A marker begins with a semicolon, a comment with a number sign behind a space.
    const tail = /\s*;.*$|\s+#.*$/.exec(` ${rest}`)?.[0] ?? '';
    return `${name}${extras}==${pin}${tail}`;
  });
  const more = [...missing.values()].map(([name, pin]) => `${name}==${pin}`).toSorted();
  const kept = lines.join('\n').trimEnd();
  return `${[kept, ...more].filter((line) => line !== '').join('\n')}\n`;
}

function toHashed(name: string) {
  return projectFailures.create(
    'AO114',
    `requirements.txt has hashes for ${name}, and new ones have to come from the package index. Nothing was written.`,
    { hint: 'pip-compile --generate-hashes' },
  );
}

/** A field of a DESCRIPTION: its first line and those that are indented behind it. */
const toField = (name: string) => new RegExp(`^${name}:.*(?:\\r?\\n[ \\t].*)*`, 'm');

/** The text of DESCRIPTION with these versions; other fields and other packages stay as they are. */
export function lockDescription(text: string, rVersion: string, packages: Packages): string {
  const missing = new Map(Object.entries(packages));
  const pinned = ['Depends', 'Imports'].reduce(
    (before, name) =>
      before.replace(toField(name), (field) => {
        const entries = listEntries(field).map((entry) => {
          const [one = ''] = /^[A-Za-z][\w.]*/.exec(entry) ?? [];
          const pin = packages[one];
          missing.delete(one);
          return pin === undefined ? entry : `${one} (== ${pin})`;
        });
        return renderField(name, entries);
      }),
    text.trimEnd(),
  );
  const depends = toField('Depends').test(pinned) ? [] : [`Depends: R (>= ${rVersion})`];
  const more = [...missing].map(([name, pin]) => `${name} (== ${pin})`);
  const imports = toField('Imports');
  const whole = imports.test(pinned)
    ? pinned.replace(imports, (field) => renderField('Imports', [...listEntries(field), ...more]))
    : pinned;
  const added = imports.test(pinned) || more.length === 0 ? [] : [renderField('Imports', more)];
  return `${insert(whole, [...depends, ...added])}\n`;
}

const listEntries = (field: string): readonly string[] =>
  field
    .slice(field.indexOf(':') + 1)
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

function renderField(name: string, entries: readonly string[]): string {
  if (name === 'Depends' && entries.length === 1) return `${name}: ${entries[0]}`;
  return [`${name}:`, entries.map((entry) => `    ${entry}`).join(',\n')].join('\n');
}

/** Before the packages that are only suggested, otherwise at the end. */
function insert(text: string, fields: readonly string[]): string {
  if (fields.length === 0) return text;
  const at = text.search(/^Suggests:/m);
  if (at < 0) return [text, ...fields].join('\n');
  return `${text.slice(0, at)}${fields.join('\n')}\n${text.slice(at)}`;
}
