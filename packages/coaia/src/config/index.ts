/** Floor 1: settings, their files, and where the home lies. */
import type { toConfigSchema as ToConfigSchema } from './json-schema.ts';
import type { moveOldKeys as MoveOldKeys } from './old-keys.ts';
import type { findSettingsProblems as FindSettingsProblems } from './validate.ts';

export interface SettingsTools {
  readonly toConfigSchema: typeof ToConfigSchema;
  readonly moveOldKeys: typeof MoveOldKeys;
  readonly findSettingsProblems: typeof FindSettingsProblems;
}

export { createIdentity, encryptAge, encryptByPassphrase, toRecipient } from './age/encrypt.ts';
export type { AgeIdentity } from './age/encrypt.ts';
export { isArmoured } from './age/header.ts';
export { openEnvKeys, readPassphrase, toKeyPaths } from './age/keys.ts';
export type { EnvKeys, KeyOptions } from './age/keys.ts';
export { readKeyring, writeKeyring } from './age/keyring.ts';
export { backUp } from './back-up.ts';
export { isEnvName, parseDotenv, renderDotenvLine } from './dotenv.ts';
export type { Dotenv, DotenvEntry } from './dotenv.ts';
export { getSetting, removeSetting, toEditPath, writeSetting } from './edit.ts';
export type { EditPlace } from './edit.ts';
export { editEnvText } from './edit-env-text.ts';
export type { EnvChanges } from './edit-env-text.ts';
export { parseEnvText, readEnvFile, renderEnvFile } from './env-file.ts';
export type { EnvFileContent } from './env-file.ts';
export { configErrors } from './errors.ts';
export { readFileBytes, writeFileBytes } from './file-bytes.ts';
export { createFolder, findHome, homePaths, toAbsolutePath, toUserHome } from './home.ts';
export type { Env, HomePaths, PathContext } from './home.ts';
export { parseJsonRecord, readJsonFile } from './json-file.ts';
export type { JsonRecord } from './json-file.ts';
export { findJsonError } from './json-position.ts';
export type { KeyMove } from './old-keys.ts';
export { findProfile, findTraceEnvironment, isProfileName, useProfile } from './profile.ts';
export { isSecret, toMasked } from './mask.ts';
export { readSmallFile, toLine } from './read-file.ts';
export { isReference, withValues } from './reference.ts';
export { checkProtected, resolveSettings } from './resolve.ts';
export type { Candidate, ResolvedSettings, ResolveOptions } from './resolve.ts';
export { services, toServicePath } from './service-tree.ts';
export { toShown } from './setting-value.ts';
export { settings } from './settings.ts';
export type { SettingName, SettingPlace, SettingSpec, SettingValues } from './settings.ts';
export { isTrusted } from './sources.ts';
export { foreignKeys, resolveTarget } from './target.ts';
export type { Target } from './target.ts';
export type { SettingsProblem } from './validate.ts';
export { updateFile, updatePrivateFile, writeWholeFile } from './write-file.ts';

/** Checking, converting and describing settings files: few commands do, so no start pays for it. */
export async function loadSettingsTools(): Promise<SettingsTools> {
  const [{ toConfigSchema }, { moveOldKeys }, { findSettingsProblems }] = await Promise.all([
    import('./json-schema.ts'),
    import('./old-keys.ts'),
    import('./validate.ts'),
  ]);
  return { toConfigSchema, moveOldKeys, findSettingsProblems };
}
