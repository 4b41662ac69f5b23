/** What the server's own routes need. */
import type { Access } from '#access';
import type { Database } from '#store';
import { needs } from '#surface';
import type { Route } from '#surface';

export interface PlatformPorts {
  readonly access: Access;
  readonly db: Database;
  /** Coaia's own version. */
  readonly version: string;
  /** Address people use, without a slash at the end. */
  readonly baseUrl: () => string;
  /** True from the moment the server is asked to stop. */
  readonly isClosing: () => boolean;
  /** What is not as it should be although the server answers; one sentence each. */
  readonly degraded: () => readonly string[];
  /** True when the sample traces are loaded in a project. */
  readonly hasSample: (projectId: string) => Promise<boolean>;
  /** Everything that runs on this server, for the document about it. */
  readonly routes: () => readonly Route[];
  /** Answers a request as if it had come by the socket: for operations that call others. */
  readonly dispatch: (request: Request) => Promise<Response>;
  /** Limits as the page shows them. */
  readonly limits: Readonly<Record<string, number>>;
}

export const platformPorts = needs<PlatformPorts>('platform');

/** The Langfuse server version whose API we speak. */
export const LANGFUSE_VERSION = '4.35.0';
