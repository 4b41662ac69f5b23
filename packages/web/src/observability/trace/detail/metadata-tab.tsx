import type { Observation, Trace } from '@coaia/client';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { absent } from '../../../lib/format.ts';
import { Id, Tag, Time } from '../../../ui/value.tsx';
import { words } from '../messages.ts';
import { JsonTree } from './json-tree.tsx';

/** A list of named facts. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div
          key={name}
          className="row-line grid min-h-7 grid-cols-[minmax(96px,160px)_minmax(0,1fr)] items-center gap-3"
        >
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="flex min-w-0 items-center break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const orAbsent = (text: string | null) => text ?? <span className="text-faint">{absent}</span>;

/** Attributes and metadata. */
export function MetadataTab({ subject }: { readonly subject: Observation | Trace }) {
  const metadata = subject.metadata;
  const isEmpty =
    metadata === null ||
    metadata === undefined ||
    (typeof metadata === 'object' && Object.keys(metadata).length === 0);
  return (
    <div className="space-y-5 p-3">
      <section>
        <h3 className="mb-1 text-xs font-medium text-muted">{words.attributes}</h3>
        <Facts rows={'startTime' in subject ? toObservationRows(subject) : toTraceRows(subject)} />
      </section>
      <section>
        <h3 className="mb-1.5 text-xs font-medium text-muted">{words.metadata}</h3>
        {isEmpty ? (
          <p className="text-muted">{words.metadataEmpty}</p>
        ) : (
          <JsonTree value={metadata} label={words.metadata} className="max-h-120" />
        )}
      </section>
    </div>
  );
}

function toTraceRows(trace: Trace): readonly (readonly [string, ReactNode])[] {
  return [
    [words.id, <Id key="id" id={trace.id} length={40} />],
    [words.started, <Time key="time" iso={trace.timestamp} />],
    [words.user, orAbsent(trace.userId)],
    [words.session, orAbsent(trace.sessionId)],
    [words.environment, trace.environment],
    [words.release, orAbsent(trace.release)],
    [words.version, orAbsent(trace.version)],
    [
      words.tags,
      trace.tags.length === 0 ? (
        orAbsent(null)
      ) : (
        <span key="tags" className="flex flex-wrap gap-1">
          {trace.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    ],
  ];
}

function toObservationRows(observation: Observation): readonly (readonly [string, ReactNode])[] {
  return [
    [words.id, <Id key="id" id={observation.id} length={40} />],
    [words.started, <Time key="time" iso={observation.startTime} />],
    [words.model, orAbsent(observation.model)],
    [
      words.prompt,
      observation.promptName === null ? (
        orAbsent(null)
      ) : (
        <PromptVersion
          key="prompt"
          name={observation.promptName}
          version={observation.promptVersion}
        />
      ),
    ],
    [words.environment, observation.environment],
    [words.version, orAbsent(observation.version)],
    [words.status, orAbsent(observation.statusMessage)],
  ];
}

// Leads to the version that was used; outside a project there is no such page.
function PromptVersion({
  name,
  version,
}: {
  readonly name: string;
  readonly version: number | null;
}) {
  const { project = 'default' } = useParams({ strict: false });
  return (
    <Link
      to="/p/$project/prompts/$promptName"
      params={{ project, promptName: name }}
      search={version === null ? {} : { version: String(version) }}
      className="text-accent underline-offset-2 hover:underline"
    >
      {name} v{version ?? '?'}
    </Link>
  );
}
