/** Projects: their rules, and how the API shows them. */
import { fromStored, invalidRequest, isObject } from '#base';
import type { ProjectRow } from '#store';

export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Days; absent when everything is kept. */
  readonly retentionDays?: number;
}

/** A project with the name of its organization. */
export interface ProjectWithOrganization extends ProjectRow {
  readonly organization_name: string;
}

/** Days that Langfuse allows: none, or at least three. */
export const LEAST_RETENTION_DAYS = 3;

export function toProjectRecord(row: ProjectWithOrganization): ProjectRecord {
  const { retention_days: days } = row;
  return {
    id: row.id,
    name: row.name,
    organization: { id: row.organization_id, name: row.organization_name },
    metadata: toMetadata(row.metadata),
    ...(days === null || days === 0 ? {} : { retentionDays: days }),
  };
}

/** Metadata as it is stored; what is no object, or broken, counts as empty. */
export function toMetadata(stored: string): Readonly<Record<string, unknown>> {
  const value = fromStored(stored);
  return isObject(value) ? value : {};
}

/** 3 to 60 characters, as Langfuse has it. Throws COAIA-0002. */
export function toProjectName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length >= 3 && trimmed.length <= 60) return trimmed;
  throw invalidRequest('Invalid project name. Should be between 3 and 60 characters.');
}

/** NULL for 0 and for nothing. Throws COAIA-0002 for 1 and 2 and what is no whole number. */
export function toRetentionDays(days: number | null | undefined): number | null {
  if (days === undefined || days === null || days === 0) return null;
  if (Number.isInteger(days) && days >= LEAST_RETENTION_DAYS && days <= 36_500) return days;
  throw invalidRequest('Invalid retention value. Must be 0 or at least 3 days.');
}
