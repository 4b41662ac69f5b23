/** Patterns of keys, as Redis has them. */

/** True when the whole key fits: `*` any text, `?` one character, `[a-z]` one of them, `\` takes the next literally. */
export function matchesGlob(pattern: string, key: string): boolean {
  const source = [...pattern.matchAll(/\\(.)|\[(\^?)([^\]]*)\]|([*?])|([^])/gsu)]
    .map(([, escaped, negation = '', members, wildcard, literal]) => {
      if (wildcard !== undefined) return wildcard === '*' ? '.*' : '.';
      if (members !== undefined) return toClass(negation, members);
      return RegExp.escape(escaped ?? literal ?? '');
    })
    .join('')
    // A run of stars is one star: many in a row would make matching slow.
    .replaceAll(/(?:\.\*)+/g, '.*');
  return new RegExp(`^${source}$`, 'su').test(key);
}

function toClass(negation: string, members: string): string {
  if (members === '') return negation === '' ? '(?!)' : '.';
  const safe = members.replaceAll(/[\\\][^&~|]/g, String.raw`\$&`);
  return `[${negation}${safe}]`;
}
