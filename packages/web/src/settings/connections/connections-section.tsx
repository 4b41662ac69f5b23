import type { LlmConnection } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { ConnectionForm } from '../../models/connections/connection-form.tsx';
import { ConnectionList } from '../../models/connections/connection-list.tsx';
import { words as connectionWords } from '../../models/connections/messages.ts';
import { connectionsQuery } from '../../models/connections/queries.ts';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Part, Section } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';

const rights = { read: 'connections:read', write: 'connections:write' };

/** Connections to model servers: each can be tried, and its key is written but never read. */
export function ConnectionsSection({ project }: { readonly project: string }) {
  return (
    <Section rights={rights}>
      {(mayWrite) => (
        <>
          <Part title={words.title} lead={words.lead}>
            {mayWrite ? <ConnectionList project={project} /> : <ReadOnlyList project={project} />}
          </Part>
          {mayWrite ? (
            <Part title={connectionWords.add} lead={words.addLead}>
              <ConnectionForm project={project} />
            </Part>
          ) : null}
        </>
      )}
    </Section>
  );
}

const columns: readonly TableColumn<LlmConnection>[] = [
  {
    key: 'provider',
    name: connectionWords.name,
    narrow: true,
    render: ({ provider }) => <span className="font-medium">{provider}</span>,
  },
  {
    key: 'adapter',
    name: connectionWords.kind,
    narrow: true,
    render: ({ adapter }) => <span className="text-muted">{adapter}</span>,
  },
  {
    key: 'url',
    name: connectionWords.baseUrl,
    render: ({ baseURL }) => (
      <span className="font-mono text-xs text-muted">{baseURL ?? connectionWords.vendor}</span>
    ),
  },
];

function ReadOnlyList({ project }: { readonly project: string }) {
  const query = useQuery(connectionsQuery(project));
  if (query.isError)
    return (
      <Failure
        title={connectionWords.failed}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (query.data === undefined) return <SkeletonRows rows={2} height="36px" />;
  if (query.data.data.length === 0) return <p className="text-muted">{connectionWords.none}</p>;
  return (
    <Table
      label={words.title}
      rows={query.data.data}
      columns={columns}
      toKey={({ id }) => id}
      toMarks={({ provider }) => ({ 'data-connection': provider })}
    />
  );
}
