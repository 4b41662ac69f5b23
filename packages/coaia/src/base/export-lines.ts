/** Variables printed so that a shell, or something else, can take them over. */

export const EXPORT_FORMATS = ['sh', 'fish', 'powershell', 'dotenv', 'json', 'github'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type Variables = readonly (readonly [name: string, value: string])[];

/**
 * One line per variable, values quoted so that evaluating the lines restores them exactly and runs nothing.
 * Values with newlines survive `eval "$(...)"` (with the double quotes), dotenv, json and github.
 */
export function renderExports(format: ExportFormat, variables: Variables): string {
  if (format === 'json') return JSON.stringify(Object.fromEntries(variables), undefined, 2);
  return variables.map(([name, value]) => LINES[format](name, value)).join('\n');
}

const LINES: Record<Exclude<ExportFormat, 'json'>, (name: string, value: string) => string> = {
  sh: (name, value) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`,
  fish: (name, value) => `set -gx ${name} '${value.replaceAll(/[\\']/g, String.raw`\$&`)}'`,
  powershell: (name, value) =>
    `$env:${name} = '${value.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`,
  dotenv: (name, value) => `${name}="${toDotenv(value)}"`,
  github: toGithub,
};

function toDotenv(value: string): string {
  return value
    .replaceAll(/[\\"$`]/g, String.raw`\$&`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`);
}

/** The file format of GITHUB_ENV; a value with newlines gets a delimiter that it does not contain. */
function toGithub(name: string, value: string): string {
  if (!/[\r\n]/.test(value)) return `${name}=${value}`;
  let delimiter = 'COAIA_END';
  while (value.includes(delimiter)) delimiter += '_';
  return `${name}<<${delimiter}\n${value}\n${delimiter}`;
}
