import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProfile, useProfile } from './profile.ts';
import { resolveSettings } from './resolve.ts';

let cwd: string;
let home: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'coaia-profile-'));
  home = join(cwd, 'home');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

test('the strongest choice wins, the remembered one last', () => {
  expect(findProfile({ env: {}, cwd }, home)).toEqual({ name: undefined, source: undefined });
  useProfile(home, cwd, 'dev');
  useProfile(home, '/elsewhere', 'other');
  const path = join(home, 'profiles.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(findProfile({ env: { NODE_ENV: 'n' }, cwd }, home)).toEqual({ name: 'dev', source: path });
  const enabled = { NODE_ENV: 'n', COAIA_PROFILE_FROM_NODE_ENV: '1' };
  expect(findProfile({ env: enabled, cwd }, home).name).toBe('n');
  expect(findProfile({ env: { ...enabled, COAIA_ENV: 'e' }, cwd }, home).name).toBe('e');
  const all = { ...enabled, COAIA_ENV: 'e', COAIA_PROFILE: 'p' };
  expect(findProfile({ env: all, cwd }, home).source).toBe('COAIA_PROFILE');
  expect(findProfile({ env: all, cwd, profile: 'f' }, home).name).toBe('f');
  useProfile(home, cwd, undefined);
  expect(findProfile({ env: {}, cwd }, home).name).toBeUndefined();
  expect(findProfile({ env: {}, cwd: '/elsewhere' }, home).name).toBe('other');
});

test('the profile of a folder reads its files', () => {
  writeFileSync(join(cwd, '.coaia-env.dev'), 'COAIA_OFFLINE=1\n');
  const env = { COAIA_HOME: home };
  expect(resolveSettings({ env, cwd }).values.offline).toBe(false);
  useProfile(home, cwd, 'dev');
  expect(resolveSettings({ env, cwd })).toMatchObject({
    profile: 'dev',
    values: { offline: true },
  });
});

test.each(['../x', 'a/b', 'x.age', 'a..b'])('%j is no profile', (profile) => {
  expect(() => findProfile({ env: {}, cwd, profile }, home)).toThrow(/no name of a profile/);
});
