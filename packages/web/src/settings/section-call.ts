import type { OperationCall } from '../lib/copy-as.ts';
import { toProjectPath } from '../lib/server.ts';
import type { SectionName } from './sections.ts';

type Form = readonly [command: string, path: string];

/** The command and the operation that read the same as a part of the settings; none for this browser's own. */
export function toCall(
  section: SectionName,
  project: string,
  baseUrl: string,
): OperationCall | undefined {
  const own = (rest: string) => toProjectPath(project, rest);
  const forms: Readonly<Record<SectionName, Form | undefined>> = {
    general: ['coaia fuse projects current', own('').replace(/\/$/, '')],
    members: ['coaia users list', own('members')],
    keys: ['coaia keys list', own('api-keys')],
    connections: ['coaia models connections list', '/api/public/llm-connections?limit=100'],
    models: ['langfuse api models list', '/api/public/models?limit=100'],
    retention: ['coaia db retention --dry-run', own('retention')],
    media: ['coaia fuse media list', '/api/v1/media?limit=50'],
    exports: ['coaia export show', '/api/public/integrations/blob-storage'],
    appearance: undefined,
    about: ['coaia doctor', '/api/v1/about'],
  };
  const [command, path] = forms[section] ?? [];
  return command === undefined || path === undefined ? undefined : { command, path, baseUrl };
}
