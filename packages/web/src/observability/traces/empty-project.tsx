import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Tabs } from '@base-ui/react/tabs';
import { sendRequest } from '../../lib/api.ts';
import { addChangeListener } from '../../lib/live.ts';
import { sessionQuery, toProjectPath } from '../../lib/server.ts';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Snippet } from '../../ui/panels.tsx';
import { words } from '../messages.ts';
import { toSnippets } from './snippets.ts';

/** What a project without traces shows: how to send one, and a listener that flips when it arrives. */
export function EmptyProject({
  project,
  onArrived,
}: {
  readonly project: string;
  readonly onArrived: () => void;
}) {
  const session = useQuery(sessionQuery);
  const tabs = session.data === undefined ? [] : toSnippets(session.data);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" data-empty="traces">
      <div className="mx-auto w-full max-w-180 px-4 py-8 md:py-14">
        <h2 className="text-lg font-semibold">{words.empty.title}</h2>
        <p className="mt-1 text-pretty text-muted">{words.empty.lead}</p>
        <Waiting project={project} onArrived={onArrived} />
        <Tabs.Root defaultValue="cli" className="mt-6">
          <Tabs.List
            className="flex gap-1 overflow-x-auto border-b border-line"
            aria-label={words.empty.tabs}
          >
            {tabs.map((tab) => (
              <Tabs.Tab
                key={tab.id}
                value={tab.id}
                className="-mb-px h-8 shrink-0 border-b-2 border-transparent px-2.5 text-muted hover:text-fg focus-visible:-outline-offset-2 data-active:border-accent data-active:text-fg"
              >
                {tab.label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map((tab) => (
            <Tabs.Panel key={tab.id} value={tab.id} tabIndex={-1} className="min-h-56 pt-3">
              <Snippet text={tab.text} label={tab.label} />
            </Tabs.Panel>
          ))}
        </Tabs.Root>
        {session.data?.credentials.secretKey === null ? (
          <p className="mt-2 text-xs text-muted">{words.empty.secretHidden}</p>
        ) : null}
      </div>
    </div>
  );
}

function Waiting({
  project,
  onArrived,
}: {
  readonly project: string;
  readonly onArrived: () => void;
}) {
  const client = useQueryClient();
  useEffect(
    () =>
      addChangeListener((event) => {
        if ((event.traces ?? []).length === 0) return;
        addToast({ text: words.empty.arrived });
        onArrived();
      }),
    [onArrived],
  );
  const sample = useMutation({
    mutationFn: () => sendRequest(toProjectPath(project, 'sample'), { method: 'POST' }),
    onSuccess: () => client.invalidateQueries(),
    onError: () => addToast({ text: words.empty.sampleFailed, tone: 'error' }),
  });
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-line py-2 pr-2 pl-3">
      <p role="status" className="flex flex-1 items-center gap-2.5" data-waiting="true">
        <span className="dot pulse size-2 rounded-full bg-accent" />
        {words.empty.waiting}
      </p>
      <Button
        disabled={sample.isPending}
        data-hint={words.empty.sampleNote}
        onClick={() => sample.mutate()}
      >
        {sample.isPending ? words.empty.sampleLoading : words.empty.loadSample}
      </Button>
    </div>
  );
}
