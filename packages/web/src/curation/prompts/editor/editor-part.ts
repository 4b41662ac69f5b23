import type { Prompt } from '@coaia/client';
import type { Draft } from './draft.ts';

/** What the parts of the form are given. */
export interface EditorPartProps {
  readonly draft: Draft;
  readonly update: (change: Partial<Draft>) => void;
  /** The version it starts from; its name and type stay. */
  readonly base: Prompt | undefined;
}
