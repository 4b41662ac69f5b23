import type { DeploymentEvent, DeploymentVersion } from '@coaia/client';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Id, Tag, Time } from '../../../ui/value.tsx';
import { words } from '../../messages.ts';
import { listBeside, listRoles } from '../../traffic.ts';
import { Section, Table, TabBody, type TableColumn } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';
import { ShadowPart } from './shadow-part.tsx';
import type { TrafficAction } from './traffic-action.ts';
import { TrafficDialog } from './traffic-dialog.tsx';
import { VersionDifference } from './version-difference.tsx';
import { VersionMenu } from './version-menu.tsx';

const part = words.versions;
const nothing = <span className="text-faint">–</span>;

/** The versions of a model: who answers, what can be changed, what differs, what was changed before. */
export function VersionsTab({ open }: { readonly open: OpenDeployment }) {
  const [action, setAction] = useState<TrafficAction | undefined>(undefined);
  const { versions, history, traffic } = open.detail;
  const champions = new Set(history.map((one) => one.traffic.champion));
  return (
    <TabBody label={words.tabs.versions}>
      <Section
        title={part.title}
        aside={
          <Button disabled={champions.size < 2} onClick={() => setAction({ kind: 'rollback' })}>
            {part.rollback}
          </Button>
        }
      >
        <Table
          label={part.table}
          rows={versions}
          columns={toColumns(open, setAction)}
          toKey={({ version }) => String(version)}
          toMarks={({ version }) => ({ 'data-version': String(version) })}
        />
      </Section>
      {traffic?.shadow === undefined ? null : <ShadowPart open={open} shadow={traffic.shadow} />}
      <VersionDifference open={open} />
      <Section title={part.history}>
        <ol>
          {history.map((event) => (
            <HistoryLine key={event.revision} event={event} />
          ))}
        </ol>
      </Section>
      {action === undefined ? null : (
        <TrafficDialog open={open} action={action} onClose={() => setAction(undefined)} />
      )}
    </TabBody>
  );
}

function toColumns(
  open: OpenDeployment,
  onAction: (action: TrafficAction) => void,
): readonly TableColumn<DeploymentVersion>[] {
  const names = part.columns;
  const { traffic } = open.detail;
  return [
    {
      name: names.version,
      render: ({ version }) => <span className="font-medium">{version}</span>,
    },
    {
      name: names.role,
      render: ({ version }) => {
        const roles = listRoles(traffic, version);
        return roles.length === 0 ? (
          nothing
        ) : (
          <span className="flex gap-1">
            {roles.map((role, at) => (
              <Tag key={role} {...(at === 0 && version === traffic?.champion ? accent : {})}>
                {role}
              </Tag>
            ))}
          </span>
        );
      },
    },
    {
      name: names.more,
      quiet: true,
      render: ({ version }) => <VersionMenu open={open} version={version} onAction={onAction} />,
    },
    { name: names.created, render: ({ createdAt }) => <Time iso={createdAt} /> },
    { name: names.platform, render: ({ platform }) => platform },
    { name: names.digest, render: ({ digest }) => <Id id={digest} /> },
    {
      name: names.commit,
      render: ({ gitCommit }) => (gitCommit === null ? nothing : <Id id={gitCommit} />),
    },
    { name: names.notes, wrap: true, render: ({ notes }) => notes ?? nothing },
  ];
}

const accent = { tone: 'accent' } as const;

function HistoryLine({ event }: { readonly event: DeploymentEvent }) {
  const { revision, traffic, action, reason, changedAt, changedBy } = event;
  const now = [words.answers(traffic.champion), ...listBeside(traffic)].join(', ');
  return (
    <li className="flex flex-wrap gap-x-3 border-b border-line py-1.5" data-revision={revision}>
      <Time iso={changedAt} className="w-20 text-muted" />
      <span className="w-24 font-medium">{part.historyOf[action] ?? action}</span>
      <span className="min-w-0 flex-1 basis-60">
        {now}
        {reason === null ? null : <span className="block text-muted">{reason}</span>}
      </span>
      {changedBy === null ? null : (
        <span className="truncate text-xs text-faint">{part.by(changedBy)}</span>
      )}
    </li>
  );
}
