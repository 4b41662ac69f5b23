/** Words for types and levels, as options offer them. */
import type { ObservationLevel, ObservationType } from '@coaia/client';

export const OBSERVATION_TYPES = [
  'EVENT',
  'SPAN',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
] as const satisfies readonly ObservationType[];

export const OBSERVATION_LEVELS = [
  'DEBUG',
  'DEFAULT',
  'WARNING',
  'ERROR',
] as const satisfies readonly ObservationLevel[];

/** The declared spelling of a type, or undefined; any case is understood. */
export function parseObservationType(text: string): ObservationType | undefined {
  return OBSERVATION_TYPES.find((type) => type === text.toUpperCase());
}

/** The declared spelling of a level, or undefined; any case is understood. */
export function parseObservationLevel(text: string): ObservationLevel | undefined {
  return OBSERVATION_LEVELS.find((level) => level === text.toUpperCase());
}
