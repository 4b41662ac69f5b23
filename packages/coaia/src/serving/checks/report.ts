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

/** One thing that was looked at: in order, or with a reason why there was nothing to look at. */
export interface Note {
  readonly state: 'ok' | 'none';
  readonly text: string;
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
}

/** Something was in order. */
export function ok(text: string): Note {
  return { state: 'ok', text };
}

/** Something does not apply, and why. */
export function none(text: string, code?: string): Note {
  return { state: 'none', text, ...(code === undefined ? {} : { code }) };
}

/** Results of one stage, one after another. */
export function mergeResults(results: readonly StageResult[]): StageResult {
  return {
    notes: results.flatMap(({ notes }) => notes),
    findings: results.flatMap(({ findings }) => findings),
    fixed: results.flatMap(({ fixed = [] }) => fixed),
  };
}

/** Errors make the exit code 1; warnings are told and do not. */
export function countFindings(stages: readonly StageResult[]): {
  readonly errors: number;
  readonly warnings: number;
} {
  const all = stages.flatMap(({ findings }) => findings);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: all.length - errors };
}
