import type { DashboardWidget, WidgetContent } from '@coaia/client';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { dashboardCalls, refreshDashboards, viewsQuery } from './dashboards-query.ts';
import { words } from './messages.ts';
import type { DashboardView } from './use-dashboard-view.ts';
import { toDraft, toWidgetContent, type WidgetDraft } from './widget-draft.ts';
import { WidgetFields } from './widget-fields.tsx';
import { widgetQuery } from './widget-query.ts';
import { WidgetView } from './widget-view.tsx';

/** Makes or changes a widget, with its answer beside the fields. */
export function WidgetForm({
  view,
  widgets,
}: {
  readonly view: DashboardView;
  readonly widgets: readonly DashboardWidget[];
}) {
  const widget = widgets.find(({ id }) => id === view.search.widget);
  const [draft, setDraft] = useState(() => toDraft(widget));
  const views = useQuery(viewsQuery).data;
  const content = useMemo(() => toWidgetContent(draft), [draft]);
  const name = useRef<HTMLInputElement>(null);
  const close = () => view.openWidget(undefined);
  const { save, error, busy } = useSave(view, widget);
  return (
    <Dialog
      open
      wide
      onClose={close}
      title={widget === undefined ? words.form.create : words.form.change}
      initialFocus={name}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (content !== undefined && !busy) void save(content);
        }}
      >
        {widget === undefined && widgets.length > 0 ? (
          <Existing view={view} widgets={widgets} />
        ) : null}
        {views === undefined ? (
          <div className="skeleton h-60" />
        ) : (
          <WidgetFields
            draft={draft}
            nameRef={name}
            views={views}
            onChange={(change: Partial<WidgetDraft>) => setDraft({ ...draft, ...change })}
          />
        )}
        <Preview view={view} content={content} />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.saveFailed} error={error} />
          </div>
        )}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={close}>{words.form.cancel}</Button>
          <Button type="submit" tone="primary" disabled={content === undefined || busy}>
            {words.form.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

// A new widget stands on the dashboard at once, below everything else.
function useSave(view: DashboardView, widget: DashboardWidget | undefined) {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const save = async (content: WidgetContent) => {
    setBusy(true);
    try {
      if (widget === undefined) {
        const made = await dashboardCalls.createWidget(content);
        await dashboardCalls.addTile(view.dashboardId, made.id);
      } else {
        await dashboardCalls.updateWidget(widget.id, content);
      }
      await refreshDashboards(client, view.project);
      view.openWidget(undefined);
    } catch (error_) {
      setError(error_);
      setBusy(false);
    }
  };
  return { save, error, busy };
}

// A widget that is there already can stand on several dashboards.
function Existing({
  view,
  widgets,
}: {
  readonly view: DashboardView;
  readonly widgets: readonly DashboardWidget[];
}) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState('');
  const add = async () => {
    await dashboardCalls.addTile(view.dashboardId, chosen);
    await refreshDashboards(client, view.project);
    view.openWidget(undefined);
  };
  return (
    <div className="mb-4 flex items-end gap-2 border-b border-line pb-4">
      <SelectField
        className="min-w-0 flex-1"
        label={words.form.existing}
        value={chosen}
        onChange={setChosen}
        options={[
          { value: '', label: words.form.none },
          ...widgets.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Button disabled={chosen === ''} onClick={() => void add()}>
        {words.form.placeIt}
      </Button>
    </div>
  );
}

function Preview({
  view,
  content,
}: {
  readonly view: DashboardView;
  readonly content: WidgetContent | undefined;
}) {
  const shown = useDeferredValue(content);
  return (
    <section aria-label={words.form.preview} className="mt-4">
      <h3 className="mb-1 text-xs text-muted">{words.form.preview}</h3>
      <div className="h-40 rounded-md border border-line p-3">
        {shown === undefined ? null : <PreviewAnswer view={view} content={shown} />}
      </div>
    </section>
  );
}

function PreviewAnswer({
  view,
  content,
}: {
  readonly view: DashboardView;
  readonly content: WidgetContent;
}) {
  const query = useQuery({
    ...widgetQuery(view.project, content, [], view.span),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (query.isError) return <p className="text-error">{query.error.message}</p>;
  if (query.data === undefined) return <div className="skeleton h-full" />;
  return <WidgetView widget={content} rows={query.data} asTable={false} />;
}
