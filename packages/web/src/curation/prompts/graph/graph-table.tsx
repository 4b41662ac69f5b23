import { Link } from '@tanstack/react-router';
import { words } from '../messages.ts';
import type { Inclusion } from '../prompt.ts';

const part = words.graphPart;

/** The graph as a table: one line per inclusion, the same links. */
export function GraphTable({
  project,
  edges,
}: {
  readonly project: string;
  readonly edges: readonly Inclusion[];
}) {
  return (
    <div
      className="min-h-0 flex-1 overflow-auto px-4"
      tabIndex={0}
      role="region"
      aria-label={part.label}
    >
      <table className="w-full max-w-180 text-left">
        <thead className="text-xs text-muted">
          <tr className="row-line h-[30px]">
            <th className="font-normal">{part.prompt}</th>
            <th className="font-normal">{part.child}</th>
            <th className="font-normal">{part.by}</th>
          </tr>
        </thead>
        <tbody>
          {edges.map((edge, index) => (
            <tr key={index} className="row-line h-8">
              <td className="pr-4">
                <PromptLink project={project} name={edge.name} />
                <span className="tnum text-muted"> v{edge.version}</span>
              </td>
              <td className="pr-4">
                <PromptLink project={project} name={edge.childName} />
              </td>
              <td className="text-muted">{toWhich(edge)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `v2` or the label. */
export function toWhich({ childVersion, childLabel }: Inclusion): string {
  return childVersion === null ? (childLabel ?? '') : `v${childVersion}`;
}

/** The name of a prompt that leads to its page. */
export function PromptLink({ project, name }: { readonly project: string; readonly name: string }) {
  return (
    <Link
      to="/p/$project/prompts/$promptName"
      params={{ project, promptName: name }}
      className="font-medium underline-offset-2 hover:text-accent hover:underline"
    >
      {name}
    </Link>
  );
}
