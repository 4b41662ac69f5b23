import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const page = join(import.meta.dirname, '..');

/**
 * Builds the page once before the browser tests, as it is published, so that they see the sources as they
 * are; into a folder of its own, because another build may be running. Returns what removes it again.
 */
export function setup(): () => void {
  const dist = mkdtempSync(join(tmpdir(), 'coaia-page-'));
  const vite = join(
    dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    'bin/vite.js',
  );
  const args = ['build', page, '--outDir', dist, '--emptyOutDir', '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [vite, ...args], { env, stdio: 'inherit' });
  process.env['COAIA_WEB_DIST'] = dist;
  return () => rmSync(dist, { recursive: true, force: true });
}
