/** Everything that CoAiAPy leaves on a machine, in the order in which it counts. Nothing is changed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findHome, homePaths, isTrusted, loadSettingsTools, toUserHome } from '#config';
import type { Env } from '#config';
import type { Finding } from './finding.ts';
import {
  inspectDotenv,
  inspectEnvFile,
  inspectScoreCache,
  inspectSession,
  inspectTemplate,
  listFiles,
} from './other-files.ts';
import { inspectOldPlace, inspectSettings } from './settings-file.ts';

const TEMPLATE = /^[^.].*\.(?:json|ya?ml)$/;
const OLD_PLACES = ['.config/jgwill/coaia.json', 'Documents/coaia.json'] as const;

/** Files of this user and of this folder. */
export async function inspectCoaiapy({
  env,
  cwd,
}: {
  readonly env: Env;
  readonly cwd: string;
}): Promise<readonly Finding[]> {
  const tools = await loadSettingsTools();
  const { home, scoreConfigs } = homePaths(findHome({ env, cwd }));
  const user = toUserHome(env) ?? cwd;
  const usual = [join(user, 'coaia.json'), join(cwd, 'coaia.json')];
  const hasUsual = usual.some((path) => existsSync(path));
  const old = hasUsual
    ? []
    : OLD_PLACES.map((path) => join(user, path))
        .filter((path) => isTrusted(path))
        .slice(0, 1)
        .map((path) => inspectOldPlace(path, usual[0] ?? '', tools));
  const findings = [
    ...[...new Set([...usual, join(user, '.coaia.json')])].map((path) =>
      inspectSettings(path, tools),
    ),
    ...old,
    inspectDotenv(join(cwd, '.env'), env),
    ...listFiles(cwd, /^\.coaia-env(?:\..+)?$/)
      .filter((path) => !/\.(?:age|bak(?:\.\d+)?|lock)$/.test(path))
      .map((path) => inspectEnvFile(path)),
    ...listFiles(home, /^global\.env(?:\..+)?$/)
      .filter((path) => !/\.(?:age|bak(?:\.\d+)?|lock)$/.test(path))
      .map((path) => inspectEnvFile(path)),
    ...listFiles(join(home, 'score-configs'), /\.json$/).map((path) =>
      inspectScoreCache(path, scoreConfigs),
    ),
    ...[join(cwd, '.coaia', 'templates'), join(home, 'templates')]
      .flatMap((folder) => listFiles(folder, TEMPLATE))
      .map((path) => inspectTemplate(path)),
    inspectSession(join(cwd, 'session.yml')),
  ];
  return findings.filter((finding) => finding !== undefined);
}
