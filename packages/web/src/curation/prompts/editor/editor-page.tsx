import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Prompt } from '@coaia/client';
import { useState } from 'react';
import { toShellWord } from '../../../lib/copy-as.ts';
import { PageFrame, type Crumb } from '../../../shell/page/page-frame.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { useServerUrl } from '../../../lib/use-server-url.ts';
import { words } from '../messages.ts';
import { takePasted } from '../pasted.ts';
import { overviewQuery, versionQuery } from '../queries.ts';
import { EditorForm } from './editor-form.tsx';
import { createDraft, toDraft } from './draft.ts';

const route = getRouteApi('/p/$project/prompts/new');

/** A new prompt, or a new version that starts from an older one. */
export function PromptEditorPage() {
  const { project } = route.useParams();
  const { name, version, folder } = route.useSearch();
  const baseUrl = useServerUrl();
  const call = {
    command: `coaia prompts create ${toShellWord(name ?? 'NAME')} 'TEXT'`,
    method: 'POST' as const,
    path: '/api/public/v2/prompts',
    body: { name: name ?? 'NAME', prompt: 'TEXT', labels: [] },
    baseUrl,
  };
  return (
    <PageFrame
      title={name === undefined ? words.editor.newTitle : words.editor.editTitle}
      crumbs={toCrumbs(project, name)}
      call={call}
    >
      {name === undefined ? (
        <NewPrompt project={project} folder={folder} />
      ) : (
        <StartFrom project={project} name={name} version={version} />
      )}
    </PageFrame>
  );
}

function NewPrompt({
  project,
  folder,
}: {
  readonly project: string;
  readonly folder: string | undefined;
}) {
  const [first] = useState(() => ({ ...createDraft(folder), text: takePasted() }));
  return <EditorForm project={project} first={first} base={undefined} />;
}

function toCrumbs(project: string, name: string | undefined): readonly Crumb[] {
  const list: Crumb = {
    label: words.title,
    link: { to: '/p/$project/prompts', params: { project } },
  };
  if (name === undefined) return [list];
  const params = { project, promptName: name };
  return [list, { label: name, link: { to: '/p/$project/prompts/$promptName', params } }];
}

function StartFrom({
  project,
  name,
  version,
}: {
  readonly project: string;
  readonly name: string;
  readonly version: string | undefined;
}) {
  const overview = useQuery({ ...overviewQuery(project, name), enabled: version === undefined });
  const number = Number(version ?? overview.data?.versions[0]?.version ?? 0);
  const base = useQuery({ ...versionQuery(project, name, number), enabled: number > 0 });
  const error = overview.error ?? base.error;
  if (error !== null)
    return <ErrorState title={words.onePrompt} missing={words.missing} error={error} />;
  if (base.data === undefined) return <SkeletonRows rows={8} height="44px" />;
  return <Started project={project} base={base.data} />;
}

function Started({ project, base }: { readonly project: string; readonly base: Prompt }) {
  return (
    <EditorForm
      key={`${base.name} ${base.version}`}
      project={project}
      first={toDraft(base)}
      base={base}
    />
  );
}
