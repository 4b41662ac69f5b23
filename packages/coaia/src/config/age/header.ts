/** The outer form of an age file: the armour around it and its header (age-encryption.org/v1). */

export interface AgeStanza {
  readonly args: readonly string[];
  readonly body: Buffer;
}

export interface AgeFile {
  readonly stanzas: readonly AgeStanza[];
  /** What the header's code vouches for. */
  readonly signed: Buffer;
  readonly mac: Buffer;
  readonly payload: Buffer;
}

const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----';
const END = '-----END AGE ENCRYPTED FILE-----';
const VERSION = 'age-encryption.org/v1\n';
/** Characters of a full line of base64, in armour and in stanzas alike. */
const LINE = 64;

/** True for the text of an armoured age file, whole or not. */
export function isArmoured(text: string): boolean {
  return text.trimStart().startsWith(BEGIN);
}

/** The bytes inside the armour; undefined when it is not exactly as the format has it. */
export function readArmour(text: string): Buffer | undefined {
  const lines = text.trim().replaceAll('\r\n', '\n').split('\n');
  const inner = lines.slice(1, -1);
  if (lines[0] !== BEGIN || lines.at(-1) !== END) return undefined;
  const isWhole = inner.every((line, index) =>
    index < inner.length - 1 ? line.length === LINE : line.length > 0 && line.length <= LINE,
  );
  return isWhole ? readBase64(inner.join(''), 'base64') : undefined;
}

/** Strict: the one spelling of these bytes, with or without padding as the place has it. */
function readBase64(text: string, form: 'base64' | 'unpadded'): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  const spelled = bytes.toString('base64');
  return (form === 'base64' ? spelled : spelled.replace(/=+$/, '')) === text ? bytes : undefined;
}

/** Header and payload; undefined when the header is not as the format has it. */
export function readAgeFile(bytes: Buffer): AgeFile | undefined {
  const mark = bytes.indexOf('\n--- ');
  const end = mark === -1 ? -1 : bytes.indexOf('\n', mark + 1);
  if (end === -1) return undefined;
  const text = bytes.subarray(0, mark + 1).toString('latin1');
  const mac = readBase64(bytes.subarray(mark + 5, end).toString('latin1'), 'unpadded');
  if (!text.startsWith(VERSION) || mac?.length !== 32) return undefined;
  const stanzas = readStanzas(text.slice(VERSION.length, -1).split('\n'));
  if (stanzas === undefined) return undefined;
  return { stanzas, signed: bytes.subarray(0, mark + 4), mac, payload: bytes.subarray(end + 1) };
}

function readStanzas(lines: readonly string[]): readonly AgeStanza[] | undefined {
  const stanzas: AgeStanza[] = [];
  let index = 0;
  while (index < lines.length) {
    const [arrow, ...args] = (lines[index] ?? '').split(' ');
    if (arrow !== '->' || args.length === 0 || args.includes('')) return undefined;
    let text = '';
    let line = '';
    do {
      index++;
      // A body ends with its first short line, which may be empty.
      if (index >= lines.length) return undefined;
      line = lines[index] ?? '';
      text += line;
    } while (line.length === LINE);
    const body = line.length < LINE ? readBase64(text, 'unpadded') : undefined;
    if (body === undefined) return undefined;
    stanzas.push({ args, body });
    index++;
  }
  return stanzas.length === 0 ? undefined : stanzas;
}
