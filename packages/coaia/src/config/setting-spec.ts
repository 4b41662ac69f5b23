/** What a setting is. */

/** Kinds of places a setting may be kept in; the environment and --env files may set all of them. */
export type SettingPlace = 'home' | 'project';

export interface SettingSpec {
  readonly name: string;
  /** Environment variables, the winning one first. */
  readonly env: readonly string[];
  readonly type: 'text' | 'flag' | 'number' | 'url' | 'choice';
  readonly default?: string | number | boolean;
  readonly choices?: readonly string[];
  /** Smallest and largest number. */
  readonly range?: readonly [number, number];
  readonly secret?: boolean;
  /** Settings of one group always come from the same source. */
  readonly group?: 'langfuse';
  /** Addresses that a secret goes to. When a project sets one of them, only the project's own secret does. */
  readonly sentTo?: readonly string[];
  /** A project may only switch it on: whoever wrote a folder's files must not loosen your privacy. */
  readonly tightenOnly?: boolean;
  /** Paths of other programs' coaia.json dialects that mean the same. */
  readonly also?: readonly string[];
  /** Files it may be written to; none: only environment and flags. */
  readonly places: readonly SettingPlace[];
  readonly summary: string;
}
