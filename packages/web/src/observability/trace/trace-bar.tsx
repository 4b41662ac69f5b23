import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AddToQueueButton } from '../../curation/annotate/queue-button.tsx';
import { AddToDatasetButton } from '../../curation/datasets/add-button.tsx';
import { sendRequest } from '../../lib/api.ts';
import type { OperationCall } from '../../lib/copy-as.ts';
import { addToast } from '../../lib/toasts.ts';
import { writeFile } from '../../lib/write-file.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { CopyAsMenu } from '../../ui/copy-as-menu.tsx';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowUp,
  IconDownload,
  IconMore,
  IconTrash,
} from '../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { removeTraces } from '../traces/pending-deletes.ts';
import { words } from './messages.ts';
import type { TraceTreeAnswer } from './node.ts';

interface TraceBarProps {
  readonly project: string;
  readonly traceId: string;
  readonly trace: TraceTreeAnswer['trace'] | undefined;
  readonly call: OperationCall;
  readonly compact: boolean;
  readonly neighbours: {
    readonly previous: (() => void) | undefined;
    readonly next: (() => void) | undefined;
  };
  readonly actions?: ReactNode;
}

/** The head of a trace: as a page with the way back, in a panel with its own actions. */
export function TraceBar({
  project,
  traceId,
  trace,
  call,
  compact,
  neighbours,
  actions,
}: TraceBarProps) {
  const title = trace === undefined ? words.trace : (trace.name ?? trace.id);
  if (compact) {
    return (
      <div className="flex h-11 shrink-0 items-center gap-1 border-b border-line pr-2 pl-3">
        <h2 className="min-w-0 flex-1 truncate text-md font-semibold">{title}</h2>
        {actions}
      </div>
    );
  }
  return (
    <PageBar
      title={title}
      before={
        <Link
          to="/p/$project/traces"
          params={{ project }}
          aria-label={words.back}
          data-hint={words.back}
          className={toButtonClass('ghost', true)}
        >
          <IconArrowLeft size={16} />
        </Link>
      }
    >
      <div className="flex max-sm:hidden">
        <Button
          tone="ghost"
          square
          label={words.previous}
          disabled={neighbours.previous === undefined}
          onClick={neighbours.previous}
        >
          <IconArrowUp size={14} />
        </Button>
        <Button
          tone="ghost"
          square
          label={words.next}
          disabled={neighbours.next === undefined}
          onClick={neighbours.next}
        >
          <IconArrowDown size={14} />
        </Button>
      </div>
      <AddToDatasetButton project={project} traceIds={[traceId]} withKey square />
      <AddToQueueButton project={project} type="TRACE" ids={[traceId]} square />
      <CopyAsMenu call={call} />
      <TraceMenu project={project} traceId={traceId} />
    </PageBar>
  );
}

function TraceMenu({ project, traceId }: { readonly project: string; readonly traceId: string }) {
  const navigate = useNavigate();
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} square label={words.more}>
          <IconMore size={14} />
        </Button>
      )}
    >
      <MenuItem icon={<IconDownload size={14} />} onSelect={() => void writeTrace(traceId)}>
        {words.download}
      </MenuItem>
      <MenuLine />
      <MenuItem
        tone="danger"
        icon={<IconTrash size={14} />}
        onSelect={() => {
          removeTraces(project, [traceId]);
          void navigate({ to: '/p/$project/traces', params: { project } });
        }}
      >
        {words.delete}
      </MenuItem>
    </Menu>
  );
}

async function writeTrace(traceId: string): Promise<void> {
  try {
    const trace = await sendRequest<unknown>(`/api/public/traces/${encodeURIComponent(traceId)}`);
    writeFile(`trace-${traceId}.json`, 'application/json', `${JSON.stringify(trace, null, 2)}\n`);
  } catch {
    addToast({ text: words.downloadFailed, tone: 'error' });
  }
}
