/** Opens who may come in together with what works on it in the background: the removal of deleted projects. */
import { openAccess, openRemovalJob, toAccessPorts } from '#access';
import type { Access, AccessOptions, AccessPorts, AuditEvent } from '#access';
import type { BlobStore } from '#blobs';
import { toBlobName } from '#observability';
import type { Database } from '#store';

type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface AdministrationOptions extends Pick<
  AccessOptions,
  'env' | 'credentialsPath' | 'requestsPerMinute'
> {
  readonly blobs: BlobStore;
  readonly log: {
    info(message: string, fields?: Fields): void;
    warn(message: string): void;
    error(message: string, error: unknown, fields?: Fields): void;
  };
}

export interface Administration {
  /** Its `close` stops the background work first. */
  readonly access: Access;
  readonly ports: AccessPorts;
}

/** Removals that an earlier process did not finish go on at once. Rejects with what `openAccess` rejects with. */
export async function openAdministration(
  db: Database,
  { blobs, log, ...options }: AdministrationOptions,
): Promise<Administration> {
  const opened = await openAccess(db, {
    ...options,
    log: (message) => log.warn(message),
    audit: (event) => log.info('audit', toFields(event)),
  });
  const job = openRemovalJob({
    db,
    clock: opened.clock,
    removeMedia: (projectId, sha256) => blobs.remove(toBlobName(projectId, sha256)),
    onDone: (projectId, rowCount) => log.info('project removed', { projectId, rowCount }),
    onFailed: (projectId, error) => log.error('project not removed yet', error, { projectId }),
  });
  const access: Access = {
    ...opened,
    async close() {
      await job.close();
      await opened.close();
    },
  };
  return { access, ports: toAccessPorts(access, () => job.wake()) };
}

/** One flat line; absent parts are left out by the log. */
function toFields({ action, actor, subject, ...others }: AuditEvent): Fields {
  return { action, actor, subject, ...others };
}
