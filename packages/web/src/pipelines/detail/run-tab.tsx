import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { toShellWord } from '../../lib/copy-as.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { Button } from '../../ui/button.tsx';
import { CopyAsMenu } from '../../ui/copy-as-menu.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { IconPlay } from '../../ui/icons.ts';
import { Failure } from '../../ui/panels.tsx';
import { PreviewPane } from '../form/preview-pane.tsx';
import { readValues, toFormValues, toVarFlags, type FormValues } from '../form/values.ts';
import { VariableFields } from '../form/variable-fields.tsx';
import { words } from '../messages.ts';
import type { FormVariable } from '../pipeline.ts';
import type { PipelineChoice } from '../queries.ts';
import { runQuery, startRun } from '../runs/queries.ts';
import type { OpenPipeline } from './use-pipeline.ts';

const part = words.form;
const said = { needed: part.needed, notNumber: part.notNumber };

/** The form of a pipeline with what will run beside it; begins with another run's values where one is named. */
export function RunTab({ open }: { readonly open: OpenPipeline }) {
  const { view } = open;
  const from = view.search.from;
  const earlier = useQuery({ ...runQuery(view.project, from ?? ''), enabled: from !== undefined });
  if (from !== undefined && earlier.isPending) return null;
  return <RunForm key={from} open={open} given={earlier.data?.variables ?? {}} />;
}

function RunForm({
  open: { view, detail },
  given,
}: {
  readonly open: OpenPipeline;
  readonly given: Readonly<Record<string, unknown>>;
}) {
  const { project, draft, source } = view;
  const variables = draft === undefined ? detail.variables : toVariables(view);
  const [values, setValues] = useState<FormValues>(() => toFormValues(variables, given));
  const [tried, setTried] = useState(false);
  const [session, setSession] = useState('');
  const [user, setUser] = useState('');
  const whole = { ...toFormValues(variables), ...values };
  const read = readValues(variables, whole, said);
  const ready = Object.keys(read.faults).length === 0;
  const choice: PipelineChoice =
    draft === undefined ? { name: view.name } : { text: source.text, format: source.format };
  const trace = {
    ...(session === '' ? {} : { sessionId: session }),
    ...(user === '' ? {} : { userId: user }),
  };
  const asks = (name: string) => variables.some((one) => one.name === name);
  const start = useStart(project);
  const run = () => {
    setTried(true);
    if (ready && !start.busy)
      void start.run({ template: choice, variables: read.variables, ...trace });
  };
  useShortcuts(part.title, [{ keys: ['Mod+Enter'], label: words.keys.run, run }]);
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
      <form
        className="flex min-h-0 shrink-0 flex-col md:w-[42%] md:max-w-130"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4">
          <VariableFields
            variables={variables}
            values={whole}
            faults={tried ? read.faults : {}}
            onChange={setValues}
          />
          <div className="grid grid-cols-2 gap-3">
            {asks('session_id') ? null : (
              <TextField label={part.session} value={session} onChange={setSession} mono />
            )}
            {asks('user_id') ? null : (
              <TextField label={part.user} value={user} onChange={setUser} mono />
            )}
          </div>
          {start.error === undefined ? null : (
            <div className="-mx-4">
              <Failure title={part.runFailed} error={start.error} />
            </div>
          )}
        </div>
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line px-4 py-2">
          <Button type="submit" tone="primary" disabled={start.busy}>
            <IconPlay size={14} />
            {draft === undefined ? part.run : part.runDraft}
          </Button>
          <RunCall name={view.name} variables={variables} read={read.variables} trace={trace} />
          {draft === undefined ? null : (
            <span className="text-xs text-muted">{part.draftNote}</span>
          )}
        </div>
      </form>
      <PreviewPane project={project} choice={choice} variables={read.variables} ready={ready} />
    </div>
  );
}

function RunCall({
  name,
  variables,
  read,
  trace,
}: {
  readonly name: string;
  readonly variables: readonly FormVariable[];
  readonly read: Readonly<Record<string, unknown>>;
  readonly trace: { readonly sessionId?: string; readonly userId?: string };
}) {
  const baseUrl = useServerUrl();
  const secrets = new Set(variables.filter(({ secret }) => secret === true).map((one) => one.name));
  const shown = Object.fromEntries(
    Object.entries(read).map(([key, value]) => [key, secrets.has(key) ? '***' : value]),
  );
  const command = [
    `coaia pipeline run ${toShellWord(name)}`,
    ...toVarFlags(variables, read),
    ...(trace.sessionId === undefined ? [] : [`--session-id ${toShellWord(trace.sessionId)}`]),
    ...(trace.userId === undefined ? [] : [`--user-id ${toShellWord(trace.userId)}`]),
  ];
  return (
    <CopyAsMenu
      call={{
        command: command.join(' '),
        method: 'POST',
        path: '/api/v1/pipeline-runs',
        body: { template: name, variables: shown, ...trace },
        baseUrl,
      }}
    />
  );
}

function useStart(project: string) {
  const navigate = useNavigate();
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({
    busy: false,
  });
  const run = async (body: Parameters<typeof startRun>[0]) => {
    setState({ busy: true });
    try {
      const started = await startRun(body);
      void navigate({
        to: '/p/$project/pipelines/runs/$runId',
        params: { project, runId: started.id },
      });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return { ...state, run };
}

/** Variables of a text that is not saved yet. */
function toVariables({ reading }: OpenPipeline['view']): readonly FormVariable[] {
  if (!reading.ok) return [];
  return reading.outline.variables.flatMap((fields): readonly FormVariable[] => {
    if (typeof fields['name'] !== 'string') return [];
    return [
      {
        ...(fields as unknown as FormVariable),
        type: toType(fields['type']),
        required: fields['required'] !== false,
      },
    ];
  });
}

function toType(type: unknown): FormVariable['type'] {
  return (['number', 'boolean', 'list'] as const).find((one) => one === type) ?? 'string';
}
