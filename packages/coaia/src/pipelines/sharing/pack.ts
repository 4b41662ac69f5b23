/**
 * A pack: templates and their signature in one JSON file. It has no archive inside, so there are no paths, links or
 * compressed bytes that could do harm; a name is checked like every name of a template.
 */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { toDigest } from '../templates/places.ts';
import { isTemplateName } from '../templates/reference.ts';
import { TEMPLATE_FORMATS, type TemplateFormat } from '../templates/template.ts';
import { sharingFailures } from './errors.ts';

export const PACK_FORMAT = 'coaia-templates/1';
/** Ending of the files that `pipeline publish` writes. */
export const PACK_ENDING = '.coaia-pack.json';

/** Largest pack and most templates in it. */
export const MAX_PACK_BYTES = 5_000_000;
const MAX_TEMPLATES = 100;

export interface PackedTemplate {
  readonly name: string;
  readonly version: string;
  readonly format: TemplateFormat;
  readonly text: string;
  /** `sha256:` and hex, of the text. */
  readonly digest: string;
}

export interface Pack {
  /** Name of the template that was asked for; null for a folder of several. */
  readonly main: string | null;
  /** The one that was packed first; then what it extends. */
  readonly templates: readonly PackedTemplate[];
  /** `ed25519:` and a digest of the key; null when nobody signed. */
  readonly publisher: string | null;
}

/** What a version may be written with; it is shown and becomes part of file names. */
export const VERSION = /^[\w.+-]{1,100}$/;

const packed = z.strictObject({
  name: z.string().refine(isTemplateName, 'is no name of a template'),
  version: z.string().regex(VERSION),
  format: z.enum(TEMPLATE_FORMATS),
  text: z.string(),
  digest: z.string(),
});

const packFile = z.strictObject({
  format: z.literal(PACK_FORMAT),
  templates: z.array(packed).min(1).max(MAX_TEMPLATES),
  publicKey: z.base64().optional(),
  signature: z.base64().optional(),
});

/** True for text that claims to be a pack. */
export function isPack(text: string): boolean {
  return text.slice(0, 200).includes(`"${PACK_FORMAT}"`);
}

/** The file's text, signed with an Ed25519 key. */
export function writePack(templates: readonly PackedTemplate[], key: KeyObject): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  const signature = sign(null, toSigned(templates), key).toString('base64');
  const file = { format: PACK_FORMAT, templates, publicKey, signature };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Reads a pack and checks every digest and the signature. Throws COAIA-5320 and 5321. */
export function readPack(text: string, from: string): Pack {
  const { templates, publicKey, signature } = parse(text, from);
  for (const { name, digest, text: own } of templates)
    if (toDigest(own) !== digest)
      throw sharingFailures.create('COAIA-5321', `The text of ${name} in ${from} was changed.`);
  if (publicKey === undefined && signature === undefined)
    return { main: toMain(templates), templates, publisher: null };
  const der = Buffer.from(publicKey ?? '', 'base64');
  if (!isSigned(templates, der, Buffer.from(signature ?? '', 'base64')))
    throw sharingFailures.create('COAIA-5321', `The signature of ${from} does not fit it.`);
  return { main: toMain(templates), templates, publisher: toFingerprint(der) };
}

function toMain(templates: readonly PackedTemplate[]): string | null {
  return templates[0]?.name ?? null;
}

function parse(text: string, from: string) {
  try {
    if (text.length <= MAX_PACK_BYTES) return packFile.parse(JSON.parse(text));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const where = issue === undefined ? '' : `: ${issue.path.join('.')}: ${issue.message}`;
    throw sharingFailures.create('COAIA-5320', `${from} is no pack${where}.`, { cause: error });
  }
  throw sharingFailures.create('COAIA-5320', `${from} is larger than 5 MB.`);
}

function isSigned(templates: readonly PackedTemplate[], der: Buffer, signature: Buffer): boolean {
  try {
    const key = createPublicKey({ key: der, type: 'spki', format: 'der' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, toSigned(templates), key, signature);
  } catch {
    return false;
  }
}

/** What is signed: format, names, versions and digests. */
function toSigned(templates: readonly PackedTemplate[]): Buffer {
  const lines = templates.map(({ name, version, format, digest }) =>
    JSON.stringify([name, version, format, digest]),
  );
  return Buffer.from([PACK_FORMAT, ...lines].join('\n'), 'utf8');
}

/** How a publisher is shown and remembered. */
export function toFingerprint(publicKeyDer: Buffer): string {
  return `ed25519:${createHash('sha256').update(publicKeyDer).digest('base64url')}`;
}
