/** `coaia fuse media download`: the bytes of a file. */
import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toUnreachable } from '#egress';
import { isCoaiaError } from '#base';
import { defineCommand } from '#surface';
import type { Media } from '@coaia/client';
import { toCount } from '../../terminal/numbers.ts';
import { mediaFailures } from '../errors.ts';
import { mediaApi } from '../ports.ts';
import type { MediaCommandsApi } from '../ports.ts';
import { toMediaId } from '../media.ts';
import { checkAddress, parseHosts } from '../upload-address.ts';

export const command = defineCommand({
  words: 'fuse media download',
  summary: 'Load the bytes of a file',
  description:
    'The file appears whole or not at all, and only when its SHA-256 fits its id. Without --output it is named by id and type in the current folder.',
  needs: mediaApi,
  positionals: [{ name: 'mediaId', summary: 'Id of the file', required: true }],
  options: {
    output: { type: 'string', short: 'o', placeholder: 'PATH', summary: 'Where to write it' },
  },
  examples: ['coaia fuse media download qB5f0rXyM2vJd8sKLZt0aA -o chart.png'],
  async run(context, { args, options }) {
    const { env, cwd, out, flags } = context;
    const api = await context.open();
    const media = await api.getMedia(args.mediaId);
    const httpHosts = parseHosts(env['COAIA_MEDIA_HTTP_HOSTS']);
    checkAddress(media.url, { baseUrl: api.baseUrl, httpHosts });
    const path =
      options.output === undefined ? join(cwd, toFileName(media)) : resolve(cwd, options.output);
    const bytes = await download(api, media, path);
    if (flags.json) out.json({ path, bytes, mediaId: media.mediaId });
    else out.confirm(`Wrote ${toCount(bytes, 'byte')} to ${path}.`);
  },
});

function toFileName({ mediaId, contentType }: Media): string {
  return `${mediaId}.${contentType.replace(/^.*[/.+]/, '').replace(/^x-/, '')}`;
}

/** Into a file beside the wanted one first. */
async function download(api: MediaCommandsApi, media: Media, path: string): Promise<number> {
  const part = `${path}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const look = new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece);
      bytes += piece.length;
      done(undefined, piece);
    },
  });
  try {
    const answer = await api.readBytes(media);
    if (!answer.ok || answer.body === null)
      throw toFailure(`the storage answered ${answer.status}`);
    await pipeline(Readable.fromWeb(answer.body), look, createWriteStream(part));
    if (toMediaId(hash.digest('hex')) !== media.mediaId)
      throw toFailure('the bytes are not those of the id');
    await rename(part, path);
    return bytes;
  } catch (error) {
    await rm(part, { force: true });
    throw isCoaiaError(error) || isFileError(error) ? error : toUnreachable(error, media.url);
  }
}

function isFileError(error: unknown): boolean {
  return typeof (error as { readonly path?: unknown }).path === 'string';
}

function toFailure(reason: string) {
  return mediaFailures.create('COAIA-1116', `The file was not written: ${reason}.`);
}
