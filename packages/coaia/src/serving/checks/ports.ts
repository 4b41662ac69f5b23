/** What `ao check --explain` asks; everything else of the check needs nothing but the project. */
import { needs } from '#surface';

export interface CheckAssistant {
  /**
   * Answers in a few sentences of plain text; undefined when no model is configured. Rejects when the model does not
   * answer.
   */
  explain(text: string, signal: AbortSignal): Promise<string | undefined>;
}

export const checkAssistant = needs<CheckAssistant>('check-assistant');
