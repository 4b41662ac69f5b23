/** What a model is told for a summary. */
import { findTag } from '../tags/tag.ts';
import type { Records } from '../tags/tag.ts';

export const STYLES = ['concise', 'detailed', 'narrative'] as const;

export type SummaryStyle = (typeof STYLES)[number];

const WORDS: Readonly<Record<SummaryStyle, string>> = {
  concise: 'Be concise: a few sentences with the main points.',
  detailed: 'Be detailed: keep every point with its reasons, figures and names, under headings.',
  narrative: 'Write it as a flowing text that tells what happens or is argued, without lists.',
};

export interface SummaryForm {
  readonly style?: string | undefined;
  readonly maxWords?: number | undefined;
  readonly language?: string | undefined;
}

/** `summarizer_instruction` of the settings or our own words, then what the command asks for. */
export function toInstruction(records: Records, form: SummaryForm): string {
  const { style, maxWords, language } = form;
  const { instruction } = findTag('summarizer', records);
  return [
    instruction,
    STYLES.includes(style as SummaryStyle) ? WORDS[style as SummaryStyle] : '',
    maxWords === undefined ? '' : `Use at most ${maxWords} words.`,
    language === undefined ? '' : `Write in ${language}.`,
  ]
    .filter((line) => line !== '')
    .join(' ');
}
