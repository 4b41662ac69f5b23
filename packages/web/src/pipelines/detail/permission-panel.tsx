import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PipelinePermissions } from '@coaia/client';
import { addUndo } from '../../lib/undo.ts';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Status } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { actionsQuery, permissionsQuery, savePermissions, type ActionLine } from '../queries.ts';
import type { PipelineView } from './use-pipeline.ts';

const part = words.about;

type Permission = NonNullable<ActionLine['permission']>;
type Allowed = PipelinePermissions['allowed'];

/** Which permissions the actions of a pipeline need, and whether the project allows them. */
export function PermissionPanel({ view }: { readonly view: PipelineView }) {
  const actions = useQuery(actionsQuery(view.project)).data;
  const allowed = useQuery(permissionsQuery(view.project)).data?.allowed;
  const used = new Set(view.graph.pageSteps.flatMap(({ action }) => action ?? []));
  const wanted = (actions ?? []).filter(
    ({ name, permission }) => used.has(name) && permission !== null && permission !== undefined,
  );
  const byPermission = Map.groupBy(wanted, ({ permission }) => permission as Permission);
  return (
    <section aria-label={part.permissions} data-permissions={byPermission.size}>
      <h2 className="mb-1 text-xs text-muted">{part.permissions}</h2>
      <p>{toSentence(used, actions, wanted.length)}</p>
      <ul className="space-y-3">
        {[...byPermission].map(([permission, lines]) => (
          <PermissionLine
            key={permission}
            project={view.project}
            permission={permission}
            lines={lines}
            allowed={allowed}
          />
        ))}
      </ul>
    </section>
  );
}

function toSentence(
  used: ReadonlySet<string>,
  actions: readonly ActionLine[] | undefined,
  wanted: number,
): string {
  if (used.size === 0) return part.noActions;
  if (actions === undefined) return `${[...used].join(', ')}. ${part.unknown}`;
  return wanted === 0 ? part.nothingNeeded : '';
}

function PermissionLine({
  project,
  permission,
  lines,
  allowed,
}: {
  readonly project: string;
  readonly permission: Permission;
  readonly lines: readonly ActionLine[];
  readonly allowed: Allowed | undefined;
}) {
  const client = useQueryClient();
  const isAllowed = allowed?.includes(permission);
  const write = async (next: Allowed) => {
    await savePermissions(next);
    await client.invalidateQueries({ queryKey: permissionsQuery(project).queryKey });
  };
  const toggle = async () => {
    if (allowed === undefined) return;
    const rest = allowed.filter((one) => one !== permission);
    try {
      await write(isAllowed === true ? rest : [...rest, permission]);
      const said = isAllowed === true ? part.withdrawn : part.granted;
      addUndo(said(permission), () => write(allowed), part.changeFailed);
    } catch (error) {
      const why = error instanceof Error ? error.message : part.changeFailed;
      addToast({ text: why, tone: 'error', duration: 8000 });
    }
  };
  return (
    <li data-permission={permission} data-allowed={isAllowed}>
      <span className="flex items-start gap-x-2">
        <span className="min-w-0 flex-1">
          {part.needs[permission]}
          <span className="block text-xs text-muted">
            {part.by(lines.map(({ name }) => name).join(', '))}
          </span>
        </span>
        {isAllowed === undefined ? null : (
          <>
            <Status
              state={isAllowed ? 'ok' : 'warning'}
              word={isAllowed ? part.allowed : part.forbidden}
            />
            <Button tone={isAllowed ? 'ghost' : 'plain'} onClick={() => void toggle()}>
              {isAllowed ? part.withdraw : part.grant}
            </Button>
          </>
        )}
      </span>
      {isAllowed === false ? <span className="block text-xs text-muted">{part.hint}</span> : null}
    </li>
  );
}
