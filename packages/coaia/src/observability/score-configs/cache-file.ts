/**
 * The local copy of a project's score configs: `<home>/cache/score-configs/<project>.json`. Files that CoAiAPy
 * wrote, with nothing but `configs` and `last_sync`, are read as well and completed when they are next written.
 */
import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseTime } from '#base';
import { createFolder, readSmallFile, updateFile } from '#config';
import type { ScoreConfig } from '@coaia/client';
import { SCORE_CONFIG_TYPES } from './score-config.ts';

/** An entry is used without asking the server for this long. */
export const FRESH_MS = 24 * 3_600_000;

/** A name that the server did not know is not asked for again for this long. */
export const MISS_MS = 60_000;

export type CachedConfig = ScoreConfig & {
  /** ISO 8601; an entry whose time cannot be read is stale. */
  readonly cached_at: string;
};

export interface ConfigCache {
  readonly schema: 1;
  readonly project_id: string;
  readonly project_name: string | null;
  readonly base_url: string | null;
  readonly last_sync: string | null;
  readonly configs: readonly CachedConfig[];
  /** Names and ids that were asked for in vain, with the time. */
  readonly misses: Readonly<Record<string, string>>;
}

/** A file as it was found: what it holds, and whether it has the fields of today. */
export interface FoundCache {
  readonly cache: ConfigCache;
  readonly isComplete: boolean;
}

/** Name of a project's file; undefined for ids that could lead out of the folder. */
export function toCacheName(projectId: string): string | undefined {
  if (projectId === '' || /\.\.|[/\\]/.test(projectId)) return undefined;
  return `${projectId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 100)}.json`;
}

/** Moves the file of an older place, directly below the home, to where it belongs now. */
export function moveOldCache(home: string, folder: string, name: string): void {
  const old = join(home, 'score-configs', name);
  const path = join(folder, name);
  const isThere = (file: string) => statSync(file, { throwIfNoEntry: false }) !== undefined;
  if (!isThere(old) || isThere(path)) return;
  createFolder(folder);
  renameSync(old, path);
}

/**
 * Reads a file; undefined when there is none. One that is damaged, or of another project than the given one, is
 * ignored with a warning.
 */
export function readConfigCache(
  path: string,
  projectId: string | undefined,
  warn: (text: string) => void,
): FoundCache | undefined {
  try {
    const text = readSmallFile(path);
    const found = text === undefined ? undefined : parseConfigCache(text, projectId);
    if (text !== undefined && found === undefined)
      warn(`Note: ${path} is damaged and was ignored.`);
    return found;
  } catch {
    warn(`Note: ${path} cannot be read and was ignored.`);
    return undefined;
  }
}

/** Either form of the file; undefined when it is neither. */
export function parseConfigCache(
  text: string,
  projectId: string | undefined,
): FoundCache | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !Array.isArray(value.configs)) return undefined;
  const configs: readonly unknown[] = value.configs;
  if (!configs.every((one) => isConfig(one))) return undefined;
  const toText = (name: string) => (typeof value[name] === 'string' ? value[name] : null);
  const id = toText('project_id');
  // Another project whose id gives the same file name.
  if (id !== null && projectId !== undefined && id !== projectId) return undefined;
  return {
    isComplete: id !== null && value.schema === 1,
    cache: {
      schema: 1,
      project_id: projectId ?? id ?? '',
      project_name: toText('project_name'),
      base_url: toText('base_url'),
      last_sync: toText('last_sync'),
      configs,
      misses: isObject(value.misses) ? (value.misses as ConfigCache['misses']) : {},
    },
  };
}

function isConfig(value: unknown): value is CachedConfig {
  if (!isObject(value)) return false;
  const { id, name, dataType, categories } = value;
  const hasNames = typeof id === 'string' && typeof name === 'string';
  const isKnown = (SCORE_CONFIG_TYPES as readonly unknown[]).includes(dataType);
  const hasCategories = categories === null || categories === undefined || isCategories(categories);
  return hasNames && isKnown && hasCategories;
}

function isCategories(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (one) => isObject(one) && typeof one.label === 'string' && typeof one.value === 'number',
    )
  );
}

/** Replaces the file in one step, readable for its owner only. */
export function writeConfigCache(path: string, cache: ConfigCache): void {
  updateFile(path, () => `${JSON.stringify(cache, null, 2)}\n`);
}

/** Whether a time of the file lies less than `length` before now. */
export function isWithin(time: unknown, now: number, length: number): boolean {
  const at = typeof time === 'string' ? parseTime(time) : undefined;
  return at !== undefined && now - at < length && at <= now + length;
}
