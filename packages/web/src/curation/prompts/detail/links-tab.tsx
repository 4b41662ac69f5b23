import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { toCount } from '../../../lib/format.ts';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { Amount, Time } from '../../../ui/value.tsx';
import { GraphPicture } from '../graph/graph-picture.tsx';
import { PromptLink, toWhich } from '../graph/graph-table.tsx';
import { words } from '../messages.ts';
import { graphQuery, resultsQuery, type PromptGraph, type PromptResults } from '../queries.ts';
import type { PromptView } from './use-prompt.ts';

const part = words.links;

/** Experiments that used the prompt, and its place among the prompts that include each other. */
export function LinksTab({ view }: { readonly view: PromptView }) {
  const { project, name, overview } = view;
  const results = useQuery(resultsQuery(project, name));
  const graph = useQuery(graphQuery(project)).data;
  const near = useMemo(() => toNeighbours(graph, name), [graph, name]);
  const users = overview?.includedBy ?? [];
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto"
      role="region"
      tabIndex={0}
      aria-label={words.tabs.links}
    >
      <Section title={part.experiments}>
        {results.isError ? (
          <ErrorState title={words.usage.failed} error={results.error} />
        ) : results.data === undefined ? (
          <SkeletonRows rows={3} />
        ) : (
          <Experiments project={project} rows={results.data.experiments} />
        )}
      </Section>
      <Section title={part.includedBy}>
        {users.length === 0 ? (
          <p className="text-muted">{part.notIncluded}</p>
        ) : (
          <ul>
            {users.map((edge) => (
              <li
                key={`${edge.name} ${edge.version} ${toWhich(edge)}`}
                className="row-line flex h-8 items-center gap-2"
              >
                <PromptLink project={project} name={edge.name} />
                <span className="tnum text-muted">v{edge.version}</span>
                <span className="text-muted">
                  {words.graphPart.by.toLowerCase()} {toWhich(edge)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {near === undefined || near.nodes.length < 2 ? null : (
        <Section title={words.graphPart.label}>
          <GraphPicture project={project} nodes={near.nodes} edges={near.edges} current={name} />
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="px-4 py-3">
      <h2 className="mb-1.5 text-xs text-muted">{title}</h2>
      {children}
    </section>
  );
}

function Experiments({
  project,
  rows,
}: {
  readonly project: string;
  readonly rows: PromptResults['experiments'];
}) {
  if (rows.length === 0) return <p className="text-muted">{part.noExperiments}</p>;
  return (
    <table className="w-full max-w-180 text-left">
      <thead className="text-xs text-muted">
        <tr className="row-line h-[30px]">
          <th className="font-normal">{part.run}</th>
          <th className="font-normal">{part.dataset}</th>
          <th className="font-normal">{words.version}</th>
          <th className="text-right font-normal">{part.items}</th>
          <th className="pl-6 font-normal">{words.created}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.runId} ${row.version}`} className="row-line h-8" data-run={row.runName}>
            <td className="max-w-60 truncate pr-4 font-medium">
              <Link
                to="/p/$project/experiments"
                params={{ project }}
                search={{ dataset: row.datasetName }}
                className="underline-offset-2 hover:text-accent hover:underline"
              >
                {row.runName}
              </Link>
            </td>
            <td className="max-w-48 truncate pr-4">
              <Link
                to="/p/$project/datasets/$datasetName"
                params={{ project, datasetName: row.datasetName }}
                className="underline-offset-2 hover:text-accent hover:underline"
              >
                {row.datasetName}
              </Link>
            </td>
            <td className="tnum pr-4">v{row.version}</td>
            <td className="text-right">
              <Amount of={toCount(row.itemCount)} />
            </td>
            <td className="pl-6 text-muted">
              <Time iso={row.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// Everything that can be reached from the prompt along inclusions, in both directions.
function toNeighbours(graph: PromptGraph | undefined, name: string): PromptGraph | undefined {
  if (graph === undefined) return undefined;
  const reach = (from: 'name' | 'childName', to: 'name' | 'childName') => {
    const found = new Set([name]);
    for (const one of found)
      for (const edge of graph.edges) if (edge[from] === one) found.add(edge[to]);
    return found;
  };
  const near = new Set([...reach('name', 'childName'), ...reach('childName', 'name')]);
  return {
    nodes: graph.nodes.filter((node) => near.has(node.name)),
    edges: graph.edges.filter((edge) => near.has(edge.name) && near.has(edge.childName)),
  };
}
