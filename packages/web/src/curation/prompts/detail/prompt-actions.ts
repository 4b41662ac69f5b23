import type { CreatePromptBody, Prompt } from '@coaia/client';
import { sendRequest } from '../../../lib/api.ts';
import { queryClient } from '../../../lib/query-client.ts';
import { toProjectPath } from '../../../lib/server.ts';
import { addToast } from '../../../lib/toasts.ts';
import { addUndo } from '../../../lib/undo.ts';
import { words } from '../messages.ts';
import { latest, type PromptOverview } from '../prompt.ts';
import { protectedLabelsQuery, toPromptPath, toPromptsKey } from '../queries.ts';

/** Reads everything about the project's prompts anew. */
export function refreshPrompts(project: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: toPromptsKey(project) });
}

/** Makes a version. */
export function createVersion(body: CreatePromptBody): Promise<Prompt> {
  return sendRequest<Prompt>('/api/public/v2/prompts', { method: 'POST', body });
}

/** Deletes a version, or the prompt. */
export function deletePrompt(name: string, version?: number, keepalive = false): Promise<void> {
  return sendRequest(toPromptPath(name), { method: 'DELETE', query: { version }, keepalive });
}

function replaceLabels(
  project: string,
  name: string,
  version: number,
  labels: readonly string[],
): Promise<Prompt> {
  return sendRequest<Prompt>(toProjectPath(project, 'prompt-labels'), {
    method: 'PUT',
    body: { name, version, labels },
  });
}

const toOwn = (overview: PromptOverview, version: number): readonly string[] =>
  overview.versions
    .find((line) => line.version === version)
    ?.labels.filter((label) => label !== latest) ?? [];

/** The version a label is on. */
export function findLabelled(overview: PromptOverview, label: string): number | undefined {
  return overview.versions.find((line) => line.labels.includes(label))?.version;
}

/** Puts a label on a version, with a way back to where it was. */
export async function moveLabel(
  project: string,
  overview: PromptOverview,
  label: string,
  version: number,
): Promise<void> {
  const { name } = overview;
  const from = findLabelled(overview, label);
  const own = toOwn(overview, version);
  await tryLabels(project, () => replaceLabels(project, name, version, [...own, label]), {
    said: words.moved(label, version, from),
    undo: () =>
      from === undefined
        ? replaceLabels(project, name, version, own)
        : replaceLabels(project, name, from, [...toOwn(overview, from), label]),
  });
}

/** Takes a label off a version, with a way back. */
export async function removeLabel(
  project: string,
  overview: PromptOverview,
  label: string,
  version: number,
): Promise<void> {
  const own = toOwn(overview, version);
  const { name } = overview;
  const rest = own.filter((one) => one !== label);
  await tryLabels(project, () => replaceLabels(project, name, version, rest), {
    said: words.takenOff(label, version),
    undo: () => replaceLabels(project, name, version, own),
  });
}

async function tryLabels(
  project: string,
  run: () => Promise<unknown>,
  { said, undo }: { readonly said: string; readonly undo: () => Promise<unknown> },
): Promise<void> {
  try {
    await run();
  } catch (error) {
    const why = error instanceof Error ? ` ${error.message}` : '';
    addToast({ text: `${words.labelFailed}${why}`, tone: 'error', duration: 8000 });
    return;
  }
  addUndo(
    said,
    async () => {
      await undo();
      await refreshPrompts(project);
    },
    words.labelFailed,
  );
  await refreshPrompts(project);
}

/** Says whether keys may move a label; people on this page always may. */
export async function setProtected(
  project: string,
  label: string,
  on: boolean,
  known: readonly string[],
): Promise<void> {
  const labels = on ? [...known, label] : known.filter((one) => one !== label);
  try {
    await sendRequest(toProjectPath(project, 'protected-prompt-labels'), {
      method: 'PUT',
      body: { labels },
    });
  } catch {
    addToast({ text: words.protectFailed, tone: 'error' });
  }
  await queryClient.invalidateQueries({ queryKey: protectedLabelsQuery(project).queryKey });
}

/** Makes a new version that says what an older one said; undo deletes it again. */
export async function restoreVersion(project: string, source: Prompt): Promise<Prompt | undefined> {
  try {
    const { name, type, prompt, config } = source;
    const made = await createVersion({
      name,
      type,
      prompt,
      config,
      commitMessage: `Restored from v${source.version}`,
    });
    addUndo(
      words.restored(made.version, source.version),
      async () => {
        await deletePrompt(name, made.version);
        await refreshPrompts(project);
      },
      words.editor.undoFailed,
    );
    await refreshPrompts(project);
    return made;
  } catch {
    addToast({ text: words.restoreFailed, tone: 'error' });
    return undefined;
  }
}
