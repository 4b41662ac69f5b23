import { useRef, useState, type RefObject } from 'react';
import { useShortcuts } from '../lib/keyboard.ts';
import { useServerUrl } from '../lib/use-server-url.ts';
import { PageFrame } from '../shell/page/page-frame.tsx';
import { toClass } from '../ui/class-names.ts';
import { SearchField } from '../ui/form/search-field.tsx';
import { EmptyState, NothingHere } from '../ui/page/empty-state.tsx';
import { ErrorState } from '../ui/page/error-state.tsx';
import { words as uiWords } from '../ui/messages.ts';
import { SkeletonRows } from '../ui/panels.tsx';
import { toOperationCall, type Filling } from './call.ts';
import type { Operation } from './document.ts';
import { toExample } from './example.ts';
import { words } from './messages.ts';
import { OperationList } from './operation-list.tsx';
import { OperationView } from './operation-view.tsx';
import { useApiView, type ApiView } from './use-api-view.ts';

/** Every operation of this server: look it up, fill it in, try it, copy it. */
export function ApiPage() {
  const view = useApiView();
  const baseUrl = useServerUrl();
  const input = useRef<HTMLInputElement>(null);
  const { open, project } = view;
  const [fillings, setFillings] = useState<Readonly<Record<string, Filling>>>({});
  const filling = open === undefined ? undefined : (fillings[open.id] ?? toStart(open, project));
  useShortcuts(words.title, [
    { keys: ['/'], label: uiWords.keys.query, run: () => input.current?.focus() },
    { keys: ['j', ']'], label: words.keys.next, run: () => view.step(1) },
    { keys: ['k', '['], label: words.keys.previous, run: () => view.step(-1) },
  ]);
  return (
    <PageFrame
      {...toHead(view)}
      call={toOperationCall(open ?? documentOperation, filling ?? nothing, baseUrl)}
    >
      <div className="flex min-h-0 flex-1">
        <ListPane view={view} input={input} />
        <div
          className={toClass(
            'flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto',
            open === undefined && view.search.op === undefined && 'max-md:hidden',
          )}
        >
          {open === undefined || filling === undefined ? (
            <NoneOpen view={view} baseUrl={baseUrl} />
          ) : (
            <OperationView
              key={open.id}
              operation={open}
              filling={filling}
              onChange={(next) => setFillings({ ...fillings, [open.id]: next })}
            />
          )}
        </div>
      </div>
    </PageFrame>
  );
}

const nothing: Filling = { values: {}, body: '' };

/** What the page itself has read, for copying while no operation is open. */
const documentOperation = {
  method: 'GET',
  path: '/api/v1/openapi.json',
  parameters: [],
  body: undefined,
} as const;

function toHead({ open, all, project }: ApiView) {
  if (open !== undefined) return { title: open.id, crumbs: [toCrumb(project)] };
  return { title: words.title, detail: all.length > 0 ? words.count(all.length) : undefined };
}

function toCrumb(project: string) {
  return {
    label: words.title,
    link: { to: '/p/$project/api' as const, params: { project }, search: {} },
  };
}

/** Parameters empty but for the project; the body with what is needed. */
function toStart({ parameters, body }: Operation, project: string): Filling {
  const own = parameters.filter((one) => one.in === 'path' && one.name === 'projectId');
  return {
    values: Object.fromEntries(own.map(({ name }) => [name, project])),
    body:
      body === undefined || body === 'bytes' ? '' : JSON.stringify(toExample(body) ?? {}, null, 2),
  };
}

function ListPane({
  view,
  input,
}: {
  readonly view: ApiView;
  readonly input: RefObject<HTMLInputElement | null>;
}) {
  const { query, found, search } = view;
  return (
    <div
      className={toClass(
        'flex min-h-0 w-80 shrink-0 flex-col border-r border-line max-md:w-full max-md:border-r-0',
        search.op !== undefined && 'max-md:hidden',
      )}
    >
      <div className="border-b border-line p-2 [&>div]:w-full">
        <SearchField
          label={words.search}
          placeholder={words.placeholder}
          value={search.q ?? ''}
          onChange={view.setQuery}
          inputRef={input}
        />
      </div>
      {query.isError ? (
        <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={20} height="28px" /> : null}
      {query.data !== undefined && found.length === 0 ? (
        <NothingHere name="hits">{words.noHits}</NothingHere>
      ) : null}
      {found.length > 0 ? (
        <OperationList project={view.project} operations={found} search={search} />
      ) : null}
    </div>
  );
}

function NoneOpen({ view, baseUrl }: { readonly view: ApiView; readonly baseUrl: string }) {
  const { query, search } = view;
  if (query.data === undefined) return null;
  if (search.op !== undefined)
    return <NothingHere name="operation">{words.unknown(search.op)}</NothingHere>;
  return (
    <EmptyState
      name="operation"
      title={words.choose}
      lead={words.chooseLead}
      snippet={words.snippet(baseUrl)}
      snippetLabel={words.snippetLabel}
    />
  );
}
