import type { PositionalSpec } from '#surface';
import { toLongName } from './options.ts';

/** `TRACE_ID`, `[OBSERVATION_ID]`, `[WORD...]`. */
export function toArgumentName({ name, required, variadic }: PositionalSpec): string {
  const upper = toLongName(name).replaceAll('-', '_').toUpperCase();
  const many = variadic === true ? `${upper}...` : upper;
  return required === true ? many : `[${many}]`;
}
