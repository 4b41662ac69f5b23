import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import { addToast } from '../../lib/toasts.ts';
import { writeFile } from '../../lib/write-file.ts';
import { words } from './messages.ts';
import { toSessionText, type SessionForm, type WholeSession } from './session-file.ts';
import type { SessionAnswer, SessionTurn } from './sessions-query.ts';

/** One conversation with every turn, page after page. */
async function readWhole(project: string, sessionId: string): Promise<WholeSession> {
  const turns: SessionTurn[] = [];
  let cursor: string | undefined;
  for (;;) {
    const path = toProjectPath(project, `sessions/${encodeURIComponent(sessionId)}`);
    const answer: SessionAnswer = await sendRequest(path, { query: { cursor } });
    turns.push(...answer.turns);
    cursor = answer.meta.cursor;
    if (cursor === undefined) return { session: answer.session, turns };
    addToast({ text: words.exporting(turns.length), duration: 60_000 });
  }
}

/** Saves conversations, one file each; several as one JSON list. */
export async function writeSessions(
  project: string,
  ids: readonly string[],
  form: SessionForm,
): Promise<void> {
  try {
    const all: WholeSession[] = [];
    for (const id of ids) all.push(await readWhole(project, id));
    const [only] = all;
    if (all.length === 1 && only !== undefined) {
      const name = only.session.id.replaceAll(/[^\w.-]+/g, '_');
      const end = form === 'json' ? 'json' : 'md';
      const type = form === 'json' ? 'application/json' : 'text/markdown';
      writeFile(`${name}.${end}`, type, toSessionText(form, only));
    } else {
      writeFile('sessions.json', 'application/json', `${JSON.stringify(all, null, 2)}\n`);
    }
    addToast({ text: words.exported(all.length) });
  } catch {
    addToast({ text: words.exportFailed, tone: 'error' });
  }
}
