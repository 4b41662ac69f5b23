/** `coaia fuse media get`: one record. */
import { defineCommand } from '#surface';
import { mediaApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse media get',
  summary: 'Show the record of a file and an address to load it from',
  needs: mediaApi,
  positionals: [{ name: 'mediaId', summary: 'Id of the file', required: true }],
  options: {},
  examples: ['coaia fuse media get qB5f0rXyM2vJd8sKLZt0aA', 'coaia fuse media get ID --json'],
  async run({ open, out, flags }, { args }) {
    const media = await (await open()).getMedia(args.mediaId);
    if (flags.json || !out.isTerminal) {
      out.json(media);
      return;
    }
    const lines = {
      Media: media.mediaId,
      Type: media.contentType,
      Bytes: String(media.contentLength),
      Uploaded: media.uploadedAt,
      Address: media.url,
      'Valid until': media.urlExpiry,
    };
    for (const [name, value] of Object.entries(lines)) out.line(`${name.padEnd(13)}${value}`);
  },
});
