import type { ScoreConfig } from '@coaia/client';

/** What is said for one config: a category's label, `True` or `False`, or a number as typed; empty for nothing. */
export type Answers = Readonly<Record<string, string>>;

/** One choice of a config, with the key that takes it. */
export interface Choice {
  readonly label: string;
  /** 1 to 9; none beyond. */
  readonly key: string | undefined;
}

/** The choices of a config in the order of their values; none for numbers and texts. */
export function listChoices(config: ScoreConfig): readonly Choice[] {
  const labels =
    config.dataType === 'BOOLEAN'
      ? ['True', 'False']
      : (config.categories ?? []).toSorted((a, b) => a.value - b.value).map(({ label }) => label);
  return labels.map((label, at) => ({ label, key: at < 9 ? String(at + 1) : undefined }));
}

/** What is wrong with an answer; undefined for a good one and for none. */
export function findFault(config: ScoreConfig, answer: string): string | undefined {
  if (answer === '' || config.dataType !== 'NUMERIC') return undefined;
  const value = Number(answer);
  if (!Number.isFinite(value) || answer.trim() === '') return 'A number is wanted.';
  const { minValue = null, maxValue = null } = config;
  if (minValue !== null && value < minValue) return `At least ${minValue}.`;
  if (maxValue !== null && value > maxValue) return `At most ${maxValue}.`;
  return undefined;
}

/** The value that the API takes for an answer. */
export function toScoreValue(config: ScoreConfig, answer: string): number | string {
  if (config.dataType === 'NUMERIC') return Number(answer);
  if (config.dataType === 'BOOLEAN') return answer === 'True' ? 1 : 0;
  return answer;
}

/** The config after this one that has no answer yet, else the next one, else this one. */
export function findNextField(
  configs: readonly ScoreConfig[],
  answers: Answers,
  from: number,
): number {
  const open = configs.findIndex(({ id }, at) => at > from && (answers[id] ?? '') === '');
  return open === -1 ? Math.min(from + 1, configs.length - 1) : open;
}
