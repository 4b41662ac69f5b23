import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sendRequest } from '../../lib/api.ts';
import { toBytes } from '../../lib/format.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Amount } from '../../ui/value.tsx';
import { Part, Section } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';

interface Software {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

interface About {
  readonly coaia: string;
  readonly langfuse: string;
  readonly node: string;
  readonly platform: string;
  readonly licence: string;
  readonly store: {
    readonly dialect: 'sqlite' | 'postgres';
    readonly engine: string;
    readonly schemaVersion: number;
    readonly durability: string;
    readonly bytes: number;
    readonly location: string | null;
  };
  readonly software: readonly Software[];
}

const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: ({ signal }) => sendRequest<About>('/api/v1/about', { signal }),
});

/** What runs here, where its data lies, and whose work is in it. */
export function AboutSection() {
  const query = useQuery(aboutQuery);
  if (query.isError)
    return (
      <Failure title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  return (
    <Section>
      {() =>
        query.data === undefined ? (
          <SkeletonRows rows={12} height="28px" />
        ) : (
          <>
            <Part title={words.title}>
              <Facts about={query.data} />
            </Part>
            <Part title={words.software.title} lead={words.software.lead}>
              <SoftwareList rows={query.data.software} />
            </Part>
          </>
        )
      }
    </Section>
  );
}

function Facts({ about }: { readonly about: About }) {
  const baseUrl = useServerUrl();
  const { store } = about;
  const facts: readonly { readonly name: string; readonly value: ReactNode }[] = [
    { name: words.coaia, value: about.coaia },
    { name: words.langfuse, value: about.langfuse },
    { name: words.node, value: about.node },
    { name: words.platform, value: about.platform },
    { name: words.address, value: baseUrl },
    { name: words.store, value: `${words.engines[store.dialect]} ${store.engine}` },
    { name: words.schema, value: String(store.schemaVersion) },
    { name: words.durability, value: store.durability },
    { name: words.size, value: <Amount of={toBytes(store.bytes)} /> },
    { name: words.location, value: <Location path={store.location} /> },
    { name: words.licence, value: about.licence },
  ];
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1.5">
      {facts.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="tnum min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Location({ path }: { readonly path: string | null }) {
  if (path === null) return <span className="text-muted">{words.hidden}</span>;
  return <span className="font-mono text-xs break-all">{path}</span>;
}

const columns: readonly TableColumn<Software>[] = [
  { key: 'name', name: words.software.name, narrow: true, render: ({ name }) => name },
  {
    key: 'version',
    name: words.software.version,
    narrow: true,
    render: ({ version }) => <span className="tnum text-muted">{version}</span>,
  },
  {
    key: 'licence',
    name: words.software.licence,
    narrow: true,
    render: ({ licence }) => <span className="text-muted">{licence}</span>,
  },
];

function SoftwareList({ rows }: { readonly rows: readonly Software[] }) {
  if (rows.length === 0) return <p className="text-muted">{words.software.none}</p>;
  return (
    <Table
      label={words.software.list}
      rows={rows}
      columns={columns}
      toKey={({ name, version }) => `${name} ${version}`}
    />
  );
}
