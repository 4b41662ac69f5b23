import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { toShellWord } from '../../../lib/copy-as.ts';
import { isActivated, useShortcuts } from '../../../lib/keyboard.ts';
import { useServerUrl } from '../../../lib/use-server-url.ts';
import { PageFrame, type Crumb } from '../../../shell/page/page-frame.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { PageTabs } from '../../../ui/page/tabs.tsx';
import { words } from '../messages.ts';
import type { PromptTab } from '../prompts-search.ts';
import { toPromptPath } from '../queries.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { DiffTab } from './diff-tab.tsx';
import { LinksTab } from './links-tab.tsx';
import { PromptActions } from './prompt-menu.tsx';
import { PromptTabView } from './prompt-tab.tsx';
import { UsageTab } from './usage-tab.tsx';
import { usePrompt, type PromptView } from './use-prompt.ts';
import { VersionsPane } from './versions-pane.tsx';

const tabKeys: readonly PromptTab[] = ['prompt', 'diff', 'usage', 'links'];

/** One prompt: its versions at the left, the chosen one with diff, usage and links at the right. */
export function PromptPage() {
  const view = usePrompt();
  const baseUrl = useServerUrl();
  const [deleting, setDeleting] = useState(false);
  const { project, name, version, overview, query } = view;
  usePromptKeys(view);
  const call = {
    command: `coaia prompts get ${toShellWord(name)}${version === 0 ? '' : ` --version ${version}`}`,
    path: `${toPromptPath(name)}${version === 0 ? '' : `?version=${version}`}`,
    baseUrl,
  };
  return (
    <PageFrame
      title={name.split('/').at(-1) ?? name}
      crumbs={toCrumbs(project, name)}
      call={call}
      actions={
        overview === undefined ? null : (
          <PromptActions view={view} overview={overview} onDelete={() => setDeleting(true)} />
        )
      }
    >
      {query.isPending ? <SkeletonRows rows={12} height="52px" /> : null}
      {query.isError ? (
        <ErrorState
          title={words.onePrompt}
          missing={words.missing}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {overview === undefined ? null : (
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <VersionsPane view={view} overview={overview} />
          <Parts view={view} />
        </div>
      )}
      {deleting && overview !== undefined ? (
        <DeleteDialog project={project} overview={overview} onClose={() => setDeleting(false)} />
      ) : null}
    </PageFrame>
  );
}

function toCrumbs(project: string, name: string): readonly Crumb[] {
  const to = '/p/$project/prompts' as const;
  const parts = name.split('/').slice(0, -1);
  return [
    { label: words.title, link: { to, params: { project } } },
    ...parts.map((label, index) => ({
      label,
      link: { to, params: { project }, search: { folder: parts.slice(0, index + 1).join('/') } },
    })),
  ];
}

function Parts({ view }: { readonly view: PromptView }) {
  const names = words.tabs;
  return (
    <PageTabs
      label={names.label}
      value={view.tab}
      onChange={view.setTab}
      tabs={[
        { value: 'prompt', label: names.prompt, render: () => <PromptTabView view={view} /> },
        { value: 'diff', label: names.diff, render: () => <DiffTab view={view} /> },
        { value: 'usage', label: names.usage, render: () => <UsageTab view={view} /> },
        { value: 'links', label: names.links, render: () => <LinksTab view={view} /> },
      ]}
    />
  );
}

function usePromptKeys(view: PromptView): void {
  const navigate = useNavigate();
  const { project, name, version, numbers } = view;
  const at = numbers.indexOf(version);
  const go = (to: number) => () => {
    const next = numbers[Math.min(numbers.length - 1, Math.max(0, to))];
    if (next !== undefined) view.setVersion(next);
  };
  const when = (event: KeyboardEvent) => !isActivated(event.target);
  const edit = () =>
    void navigate({
      to: '/p/$project/prompts/new',
      params: { project },
      search: { name, version: String(version) },
    });
  useShortcuts(words.versions, [
    { keys: ['j', 'ArrowDown'], label: words.keys.nextVersion, run: go(at + 1), when },
    { keys: ['k', 'ArrowUp'], label: words.keys.previousVersion, run: go(at - 1), when },
    { keys: ['x'], label: words.keys.compare, run: () => view.setTab('diff') },
    {
      keys: ['1', '2', '3', '4'],
      label: words.keys.tabs,
      run: (event) => view.setTab(tabKeys[Number(event.key) - 1] ?? 'prompt'),
    },
    { keys: ['e'], label: words.editKey, run: edit },
  ]);
}
