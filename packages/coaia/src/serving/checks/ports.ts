/** What `ao check --explain` asks; everything else of the check needs nothing but the project. */
import { needs } from '#surface';

export interface CheckAssistant {
  /**
   * Answers in a few sentences of plain text. Fails where no model is configured, with a code whose hint is how to
   * configure one.
   */
  explain(text: string): Promise<string>;
}

export const checkAssistant = needs<CheckAssistant>('check-assistant');
