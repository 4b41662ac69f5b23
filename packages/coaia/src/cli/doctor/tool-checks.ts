/** Programs of this machine that some commands use when they are there, and what lies in the store. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Check, CheckInput, CheckResult } from './check.ts';
import { ok, toFailed } from './check.ts';

const TOOLS: readonly (readonly [names: readonly string[], use: string])[] = [
  [['bwrap'], 'Python evaluators run in it'],
  [['ffmpeg'], 'long audio is split with it'],
  [['espeak-ng', 'piper'], 'speech without a service'],
  [['redis-server', 'valkey-server'], 'a Redis on this machine'],
  [['git'], 'templates from repositories'],
];

function findProgram(name: string, env: CheckInput['context']['env']): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const paths = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return paths
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** None of them is needed to work at all, so a missing one is no warning. */
export const checkTools: Check = ({ context }): readonly CheckResult[] =>
  TOOLS.map(([names, use]) => {
    const found = names.map((name) => findProgram(name, context.env)).find(Boolean);
    const name = names[0] ?? '';
    return ok(name, found ?? `not installed; ${use}`);
  });

/** The model connections of the store in this home. */
export const checkConnections: Check = async ({ context, settings }) => {
  if (settings === undefined || settings.values.database_url !== undefined) return [];
  if (!existsSync(settings.paths.database)) return [];
  try {
    const { listModelConnections } = await import('#main/probe-connections');
    const names = await listModelConnections({ env: context.env, settings });
    return ok('connections', names.length === 0 ? 'no model connections yet' : names.join(', '));
  } catch (error) {
    return toFailed('connections', error);
  }
};

/** What would listen and speak here. None of it is needed to work at all. */
export const checkAudio: Check = async ({ context, settings }) => {
  if (settings === undefined) return [];
  const { probeAudio } = await import('#main/probe-audio');
  const found = await probeAudio({ env: context.env, settings, signal: context.signal });
  return (['transcription', 'speech'] as const).map((name) => {
    const { place, problem } = found[name];
    return ok(name, place ?? `not set; ${problem ?? ''}`);
  });
};
