/** Certificates for tests, by openssl. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Presence } from '../../testing/fixtures.ts';

export function hasOpenssl(): Presence {
  if (spawnSync('openssl', ['version']).status === 0) return { skip: false, note: '' };
  return { skip: true, note: ' (not run: openssl is not installed)' };
}

/** An authority, and certificates that it signed: for this machine, for a client, and for the name alone. */
export function makeCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-tls-'));
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-days', '2', '-subj'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', ...subject, '/CN=test ca');
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
  const names = { server: 'IP:127.0.0.1,DNS:localhost', client: 'DNS:me', named: 'DNS:localhost' };
  for (const [name, alternatives] of Object.entries(names)) {
    writeFileSync(join(folder, 'names'), `subjectAltName=${alternatives}\n`);
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', 'names'];
    openssl('x509', '-req', ...sign, ...files);
  }
  const pair = (name: string) => ({ cert: read(`${name}.pem`), key: read(`${name}.key`) });
  const [server, client, named] = [pair('server'), pair('client'), pair('named')];
  const made = { ca: read('ca.pem'), server, client, named };
  rmSync(folder, { recursive: true });
  return made;
}
