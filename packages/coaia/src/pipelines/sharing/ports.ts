/** What sharing needs of the outside: the web, git and other servers. */
import { needs } from '#surface';
import type { PipelinesApi } from '@coaia/client';
import type { TemplateCommandsApi } from '../stored/ports.ts';

/** What a user typed after `install`. */
export interface Source {
  /** Without the version. */
  readonly text: string;
  /** Range of versions, or the branch or tag of a repository. */
  readonly version: string | undefined;
}

export interface SharingApi {
  /** The folder of Coaia. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text behind an address, at most so many bytes; through the one door out of this machine. */
  readonly readUrl: (address: string, maxBytes: number) => Promise<string>;
  /** Asks before git connects to a host; throws COAIA-0601 when that is forbidden. */
  readonly allowGit: (host: string, port: number) => void;
  /** The templates of another Coaia server. */
  readonly openServer: (address: string) => Promise<PipelinesApi>;
}

export const sharingApi = needs<SharingApi>('pipeline-sharing');

/** What publishing needs besides: the templates of this machine and project. */
export const publishApi = needs<SharingApi & TemplateCommandsApi>('pipeline-publish');
