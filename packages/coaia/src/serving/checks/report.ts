/** What `ao check` found, stage by stage. */
import type { Finding } from '../signatures/finding.ts';

/** In the order in which they run. */
export const STAGES = [
  'structure',
  'config',
  'interface',
  'model',
  'tests',
  'quality',
  'deploy',
] as const;

export type Stage = (typeof STAGES)[number];

/** One thing: in order, with nothing to look at and why, or not measured and why. */
export interface Note {
  readonly state: 'ok' | 'none' | 'unmeasured';
  readonly text: string;
  /** What was not measured, in a word: coverage. */
  readonly what?: string;
  /** A code of the error tables when the reason has one: AO501. */
  readonly code?: string;
}

export interface StageResult {
  readonly notes: readonly Note[];
  readonly findings: readonly Finding[];
  /** What `--fix` changed, one sentence each. */
  readonly fixed?: readonly string[];
}

export interface StageReport extends StageResult {
  readonly stage: Stage;
  readonly fixed: readonly string[];
  /** Milliseconds. */
  readonly durationMs: number;
}

export interface CheckReport {
  readonly project: string;
  /** Absolute folder of the project. */
  readonly folder: string;
  readonly stages: readonly StageReport[];
  readonly errors: number;
  readonly warnings: number;
  /** What nobody knows after this run: coverage, style. Stages that were not asked for are not in it. */
  readonly unmeasured: readonly string[];
}

/** Something was in order. */
export function ok(text: string): Note {
  return { state: 'ok', text };
}

/** Something does not apply, and why. */
export function none(text: string, code?: string): Note {
  return { state: 'none', text, ...(code === undefined ? {} : { code }) };
}

/** Something should be looked at and could not be, or was left out. */
export function unmeasured(what: string, why: string): Note {
  return { state: 'unmeasured', text: `${what}: not measured, ${why}`, what };
}

/** Results of one stage, one after another. */
export function mergeResults(results: readonly StageResult[]): StageResult {
  return {
    notes: results.flatMap(({ notes }) => notes),
    findings: results.flatMap(({ findings }) => findings),
    fixed: results.flatMap(({ fixed = [] }) => fixed),
  };
}

/** What was not measured, each once. */
export function listUnmeasured(stages: readonly StageResult[]): readonly string[] {
  const notes = stages.flatMap((stage) => stage.notes);
  return [...new Set(notes.flatMap(({ what }) => (what === undefined ? [] : [what])))];
}

/** Errors make the exit code 1; warnings only with --strict. */
export function countFindings(stages: readonly StageResult[]): {
  readonly errors: number;
  readonly warnings: number;
} {
  const all = stages.flatMap(({ findings }) => findings);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: all.length - errors };
}
