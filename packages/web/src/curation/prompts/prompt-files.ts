import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import { addToast } from '../../lib/toasts.ts';
import { writeFile, type NamedText } from '../../lib/write-file.ts';
import { words } from './messages.ts';

interface PromptFile {
  readonly path: string;
  readonly text: string;
}

/** What became of one file, or would. */
export interface FileLine {
  readonly file: string;
  readonly name: string;
  readonly result: 'created' | 'labelled' | 'same' | 'failed';
  readonly version?: number;
  readonly reason?: string;
}

const path = (project: string) => toProjectPath(project, 'prompt-files');

/** Saves one file per prompt, as `coaia prompts sync` writes them. */
export async function writeFilesOf(
  project: string,
  names: readonly string[],
  version?: number,
): Promise<void> {
  try {
    for (const name of names) {
      const file = await sendRequest<PromptFile>(path(project), { query: { name, version } });
      // A browser saves into one folder, so the folders of the name become part of the file's.
      writeFile(file.path.replaceAll('/', '__'), 'application/yaml', file.text);
    }
    addToast({ text: words.exported(names.length) });
  } catch {
    addToast({ text: words.exportFailed, tone: 'error' });
  }
}

/** Reads files into versions; with `dryRun` only says what would be done. */
export async function sendFiles(
  project: string,
  files: readonly NamedText[],
  dryRun: boolean,
): Promise<readonly FileLine[]> {
  const body = { files: files.map(({ name, text }) => ({ path: name, text })), dryRun };
  const answer = await sendRequest<{ readonly files: readonly FileLine[] }>(path(project), {
    method: 'POST',
    body,
  });
  return answer.files;
}
