/** What has to happen to one thing in a project so that it is as a file describes it. */

export const OBJECT_KINDS = ['score-config', 'dataset', 'prompt', 'template'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

export type ChangeAction = 'create' | 'update' | 'delete' | 'same';

export interface Change {
  readonly kind: ObjectKind;
  readonly name: string;
  /** Below the folder; null for what no file describes. */
  readonly file: string | null;
  readonly action: ChangeAction;
  /** Lines that show what differs, the text's with `-` and `+` before them. */
  readonly details: readonly string[];
  /** Makes it so, in one step of the store or server; absent when there is nothing to do. */
  readonly apply?: () => Promise<unknown>;
}

/** A file of the folder, by its path below it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
