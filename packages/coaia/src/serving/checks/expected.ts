/** Compares a prediction with what a person wrote down. */
import type { Row } from '../signatures/signature.ts';

/** Half of the last digit that is written: 0.95 stands for everything that rounds to it. */
function toTolerance(text: string): number {
  const match = /^[+-]?\d*(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text.trim());
  if (match === null) return 0;
  const exponent = Number(match[2] ?? 0) - (match[1]?.length ?? 0);
  return 0.5 * 10 ** exponent;
}

/** What differs, as the end of a sentence; undefined when it is the same. */
export function compareExpected(answer: Row, expected: string): string | undefined {
  const [name, value] = findOutput(answer, expected);
  const text = expected.trim();
  const wanted = Number(text);
  if (typeof value === 'number' && Number.isFinite(wanted)) {
    // Twelve digits beside the written ones absorb that halves are not exact in binary.
    const slack = toTolerance(text) + Math.abs(wanted) * 1e-12;
    const isSame = Math.abs(value - wanted) <= slack;
    return isSame ? undefined : `\`${name}\` is ${value}, expected ${text}`;
  }
  // R writes TRUE, Python True.
  const isTruth = typeof value === 'boolean' && String(value) === text.toLowerCase();
  return isTruth || String(value) === text
    ? undefined
    : `\`${name}\` is ${JSON.stringify(value)}, expected ${text}`;
}

/** The first output, or the first number where a number is expected. */
function findOutput(answer: Row, expected: string): readonly [string, unknown] {
  const outputs = Object.entries(answer).filter(([, value]) => !Array.isArray(value));
  const first = outputs[0] ?? Object.entries(answer)[0] ?? ['', null];
  if (!Number.isFinite(Number(expected)) || typeof first[1] === 'number') return first;
  // A label of text that looks like a number, "1", is compared as text.
  if (String(first[1]) === expected.trim()) return first;
  return outputs.find(([, value]) => typeof value === 'number') ?? first;
}
