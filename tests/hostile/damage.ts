/** Kinds of damage that files meet: half written, overwritten, replaced by something else. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

export interface Damage {
  readonly name: string;
  /** A program may read this as if nothing had happened. */
  readonly isMild: boolean;
  readonly apply: (path: string, whole: Buffer) => void;
}

const bytes = (name: string, change: (whole: Buffer) => Uint8Array, isMild = false): Damage => ({
  name,
  isMild,
  apply: (path, whole) => writeFileSync(path, change(whole)),
});

const replaced = (name: string, put: (path: string) => void): Damage => ({
  name,
  isMild: false,
  apply: (path) => put(path),
});

function flip(whole: Buffer, from: number, count: number): Buffer {
  const copy = Buffer.from(whole);
  for (let at = Math.max(0, from); at < Math.min(copy.length, from + count); at++)
    copy[at] = (copy[at] ?? 0) ^ 0xa5;
  return copy;
}

export const DAMAGES: readonly Damage[] = [
  bytes('zeros', (whole) => Buffer.alloc(Math.max(64, whole.length))),
  bytes('first half', (whole) => whole.subarray(0, whole.length >> 1), true),
  bytes('flipped start', (whole) => flip(whole, 0, 24)),
  bytes(
    'bad UTF-8 at the end',
    (whole) => Buffer.concat([whole, Buffer.from([0xfe, 0xc3, 0x28])]),
    true,
  ),
  bytes('merge conflict', (whole) =>
    Buffer.concat([Buffer.from('<<<<<<< ours\n'), whole, Buffer.from('\n>>>>>>> theirs\n')]),
  ),
  replaced('link to nowhere', (path) => symlinkSync(`${path}.gone`, path)),
  replaced('named pipe', (path) => spawnSync('mkfifo', [path])),
  replaced('folder', (path) => mkdirSync(path)),
  // From here on only in the long run.
  bytes('nothing', () => Buffer.alloc(0), true),
  bytes('last byte missing', (whole) => whole.subarray(0, -1), true),
  bytes('flipped middle', (whole) => flip(whole, whole.length >> 1, 48), true),
  bytes('deep JSON', () => Buffer.from('['.repeat(300_000))),
  bytes('JSON null', () => Buffer.from('null')),
  bytes('JSON array', () => Buffer.from('[]')),
  bytes('one line of 20 MB', () =>
    Buffer.concat([Buffer.from('A='), Buffer.alloc(20_000_000, 0x78)]),
  ),
  bytes('byte order mark', (whole) => Buffer.concat([Buffer.from('\u{feff}'), whole]), true),
];

/** Kinds of the short run. */
export const SHORT = 8;

/** Damages the file, runs `then`, and puts the file back as it was. */
export async function withDamage(
  path: string,
  damage: Damage,
  then: () => Promise<void>,
): Promise<void> {
  const whole = readFileSync(path);
  const siblings = ['-wal', '-shm', '-journal'].map((ending) => `${path}${ending}`);
  for (const sibling of siblings) rmSync(sibling, { force: true });
  rmSync(path, { force: true });
  try {
    damage.apply(path, whole);
    await then();
  } finally {
    for (const each of [path, ...siblings]) rmSync(each, { recursive: true, force: true });
    writeFileSync(path, whole, { mode: 0o600 });
  }
}
