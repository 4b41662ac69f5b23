/** A home and a project folder for tests of sharing, made anew for each test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach } from 'vitest';

import { runCoaia } from '#cli/testing';

/** Call it once at the top of a test file. */
export function openShare() {
  const place = { home: '', cwd: '' };
  beforeEach(() => {
    place.home = mkdtempSync(join(tmpdir(), 'coaia-share-'));
    place.cwd = join(place.home, 'project');
    mkdirSync(place.cwd);
  });
  afterEach(() => {
    rmSync(place.home, { recursive: true, force: true });
  });
  return {
    place,
    run: (line: string | readonly string[], env: Readonly<Record<string, string>> = {}) =>
      runCoaia(line, { ...place, env }),
    write: (path: string, text: string) => {
      writeFileSync(join(place.cwd, path), text);
    },
    installed: (name: string) => join(place.cwd, '.coaia/templates', name),
  };
}

/** The text of a small template. */
export const template = (fields: Readonly<Record<string, unknown>> = {}) =>
  `${JSON.stringify({ name: 'mine', version: '1.0.0', steps: [{ name: 'One' }], ...fields })}\n`;
