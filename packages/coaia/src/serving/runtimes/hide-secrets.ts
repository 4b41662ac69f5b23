/** Values of secrets in what a worker says: its log, its warnings and its failures are kept and shown. */
import type { Frame } from '../tensors/frame.ts';

/** Shorter values would be found by chance. */
const SHORTEST = 6;

export type Hide = (text: string) => string;

/** Replaces every value of `env` by `***`; undefined when there is nothing to hide. */
export function toHide(env: Readonly<Record<string, string>>): Hide | undefined {
  const values = Object.values(env)
    .filter((value) => value.length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length);
  if (values.length === 0) return undefined;
  return (text) => {
    let shown = text;
    for (const value of values) shown = shown.replaceAll(value, '***');
    return shown;
  };
}

/** The frame without secrets in its sentences; predictions stay as they are. */
export function hideInFrame(frame: Frame, hide: Hide): Frame {
  const { message, trace, warnings } = frame.head;
  return {
    ...frame,
    head: {
      ...frame.head,
      ...(typeof message === 'string' ? { message: hide(message) } : {}),
      ...(typeof trace === 'string' ? { trace: hide(trace) } : {}),
      ...(Array.isArray(warnings) ? { warnings: warnings.map((one) => hide(String(one))) } : {}),
    },
  };
}
