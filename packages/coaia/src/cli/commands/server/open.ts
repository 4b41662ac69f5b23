/** `coaia open`: a fresh sign-in link, in the browser when there is one. */
import { createSignInLink, localScope } from '#access';
import { EXIT, notFound } from '#base';
import { httpErrors } from '#http/errors';
import { openDatabase } from '#store';
import type { Database } from '#store';
import { defineCommand } from '#surface';
import { openBrowser } from './browser.ts';
import { findServer } from './find-server.ts';
import { toServerHome } from './server-home.ts';

export const command = defineCommand({
  words: 'open',
  summary: 'Open the page in the browser, signed in',
  description:
    'Makes a link that works once and for ten minutes. Without a display, or with --print, it prints the link instead. An id or @last opens that trace.',
  positionals: [{ name: 'id', summary: 'Id of a trace, or @last for the newest one' }],
  options: {
    print: { type: 'boolean', summary: 'Print the link and open nothing' },
    data: { type: 'string', placeholder: 'DIR', summary: 'Home folder instead of COAIA_HOME' },
    database: {
      type: 'string',
      placeholder: 'URL',
      summary: 'Postgres of the server, if it has one',
    },
  },
  examples: ['coaia open', 'coaia open @last'],
  async run(context, { options, args }) {
    const { out, flags, env } = context;
    const { paths, location } = toServerHome(context, options);
    const record = await findServer(paths);
    if (record === undefined)
      throw httpErrors.create('COAIA-0411', `No server runs on ${paths.home}.`, {
        hint: 'coaia up --detach',
      });
    const db = await openDatabase(location, { mode: 'process', migrate: 'never' });
    try {
      const { projectId } = await localScope(db, { env });
      const path = await toPagePath(db, projectId, args.id);
      const { token } = await createSignInLink(db, projectId);
      const base = (env['COAIA_PUBLIC_URL'] || record.url).replace(/\/+$/, '');
      const url = `${base}${path}?k=${token}`;
      const isOpened = options.print !== true && !flags.json && openBrowser(url, env);
      if (flags.json) out.json({ url });
      else out.line(isOpened ? `Opened ${url}` : url);
      return EXIT.done;
    } finally {
      await db.close();
    }
  },
});

/** Path of what was asked for on the page; `/` without an id. Fails with COAIA-0003 on an unknown trace. */
async function toPagePath(
  db: Database,
  projectId: string,
  id: string | undefined,
): Promise<string> {
  if (id === undefined) return '/';
  const isLast = id === '@last';
  const rows = await db.read<{ id: string }>(
    isLast
      ? 'SELECT id FROM traces WHERE project_id = ? ORDER BY timestamp DESC, id DESC LIMIT 1'
      : 'SELECT id FROM traces WHERE project_id = ? AND id = ?',
    isLast ? [projectId] : [projectId, id],
  );
  const found = rows[0]?.id;
  if (found === undefined) throw notFound('Trace', id, 'coaia fuse traces');
  return `/p/${encodeURIComponent(projectId)}/traces/${encodeURIComponent(found)}`;
}
