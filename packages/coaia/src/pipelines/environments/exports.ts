/** Variables as lines that a shell evaluates, and the options that ask for them. */
import { EXPORT_FORMATS, renderExports } from '#base';
import type { ExportFormat, Variables } from '#base';
import { isEnvName } from '#config';
import type { Output } from '#surface';
import { isMetadata } from './environment.ts';
import { environmentErrors } from './errors.ts';

export const exportOptions = {
  export: {
    type: 'boolean',
    summary: 'Print lines for eval "$(coaia env ... --export)"',
    compat: true,
  },
  shell: {
    type: 'string',
    choices: [...EXPORT_FORMATS, 'bash', 'zsh'],
    aliases: ['export-format'],
    placeholder: 'FORM',
    summary: 'Form of these lines; implies --export (default sh)',
  },
} as const;

export interface ExportValues {
  readonly export: boolean | undefined;
  readonly shell: string | undefined;
}

/** True when lines were asked for. */
export function isExport({ export: isAsked, shell }: ExportValues): boolean {
  return isAsked === true || shell !== undefined;
}

function toFormat({ shell = 'sh' }: ExportValues): ExportFormat {
  return shell === 'bash' || shell === 'zsh' ? 'sh' : (shell as ExportFormat);
}

/** Prints the variables that a shell can have; the others are named on stderr. Metadata is left out. */
export function printExports(
  out: Output,
  values: Readonly<Record<string, string>>,
  options: ExportValues,
): void {
  const pairs = Object.entries(values).filter(([name]) => !isMetadata(name));
  const usable: Variables = pairs.filter(([name]) => isEnvName(name));
  for (const [name] of pairs.filter(([one]) => !isEnvName(one)))
    out.notice(`Note: ${JSON.stringify(name)} is no name of a variable and is left out.`);
  const text = renderExports(toFormat(options), usable);
  if (text !== '') out.line(text);
}

const UNSET: Readonly<Partial<Record<ExportFormat, (name: string) => string>>> = {
  sh: (name) => `unset ${name}`,
  fish: (name) => `set -e ${name}`,
  powershell: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
};

/** One line per name that takes it out of a shell. Throws COAIA-5405 for a form that knows no such thing. */
export function renderUnsets(options: ExportValues, names: readonly string[]): string {
  const format = toFormat(options);
  const render = UNSET[format];
  if (render !== undefined) return names.map((name) => render(name)).join('\n');
  throw environmentErrors.create('COAIA-5405', `${format} has no way to remove a variable.`, {
    hint: 'use --shell sh, fish or powershell',
  });
}
