/**
 * What `ao check` proved about predicting rows together, kept in `.ao/check.json` by the files of the model. A model
 * that was not checked, or not as it is now, is unknown, and unknown counts as no.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateFile } from '#config';
import { isObject } from '#base';

export interface Honesty {
  /** Rows predicted together equal rows predicted one by one. */
  readonly isHonest: boolean;
  /** Rows that were compared. */
  readonly rows: number;
  /** ISO 8601. */
  readonly checkedAt: string;
}

/** Checks of so many models and states of them are remembered. */
const KEPT = 100;

function toPath(folder: string): string {
  return join(folder, '.ao', 'check.json');
}

function readAll(folder: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(toPath(folder), 'utf8'));
    return isObject(content) && isObject(content.honesty) ? content.honesty : {};
  } catch {
    return {};
  }
}

/** The result for a model by its content digest; undefined when it was never checked as it is. */
export function readHonesty(folder: string, digest: string): Honesty | undefined {
  const found = readAll(folder)[digest];
  return isObject(found) && typeof found.isHonest === 'boolean'
    ? (found as unknown as Honesty)
    : undefined;
}

/** Keeps a result. `.ao/` is made when it is not there. */
export function writeHonesty(folder: string, digest: string, honesty: Honesty): void {
  mkdirSync(join(folder, '.ao'), { recursive: true });
  updateFile(toPath(folder), () => {
    const { [digest]: _before, ...others } = readAll(folder);
    const kept = Object.entries(others).slice(1 - KEPT);
    const all = Object.fromEntries([...kept, [digest, honesty]]);
    return `${JSON.stringify({ honesty: all }, undefined, 2)}\n`;
  });
}
