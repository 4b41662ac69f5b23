/** Who a worker is, so that what a dead process held can be told from what a living one holds. */
import { createId } from '#base';
import { findStartTime } from '#store';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface WorkerIdentity {
  /** `host:process number`, for people. */
  readonly name: string;
  /** The process itself: its namespace, boot and start, and which engine in it. */
  readonly key: string;
}

const SEPARATOR = '/';

export function createWorkerIdentity(pid: number = process.pid): WorkerIdentity {
  const start = findStartTime(pid) ?? '';
  const key = [readNamespace(), start, String(pid), createId()].join(SEPARATOR);
  return { name: `${hostname()}:${pid}`, key };
}

/**
 * True only when the worker certainly is a process of this machine that is gone. Other machines, containers and
 * systems without /proc are left to their lease.
 */
export function isDead(key: string): boolean {
  const [namespace, start, pid] = key.split(SEPARATOR);
  if (namespace === '' || namespace !== readNamespace()) return false;
  if (start === undefined || start === '' || !start.startsWith(`${readBoot()}:`)) return false;
  return findStartTime(Number(pid)) !== start;
}

/** Boot of this machine, from the start time of this very process. */
function readBoot(): string | undefined {
  return findStartTime(process.pid)?.split(':')[0];
}

/** Process numbers mean something only inside one namespace (pid_namespaces(7)). */
function readNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
