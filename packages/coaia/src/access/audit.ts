/** What an administrator changed, as one line of the log: who, what, on what, in which organization and project. */
import type { Scope } from '#base';

export interface AuditEvent {
  /** `project.create`, `key.delete`, `member.update`. */
  readonly action: string;
  /** Id of what was changed. */
  readonly subject: string;
  readonly actor: string;
  readonly organizationId?: string | undefined;
  readonly projectId?: string | undefined;
  /** What it is now, without secrets. */
  readonly detail?: string | undefined;
}

export type Audit = (event: AuditEvent) => void;

export const silentAudit: Audit = () => undefined;

/** `user:<id>`, `key:<public key>`, `admin-key`, or `owner` for whoever owns this machine. */
export function toActor(scope: Scope): string {
  if (scope.userId !== undefined) return `user:${scope.userId}`;
  if (scope.via !== 'key') return 'owner';
  return scope.publicKey === undefined ? 'admin-key' : `key:${scope.publicKey}`;
}
