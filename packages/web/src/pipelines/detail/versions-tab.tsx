import { useQuery } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { TextDiff } from '../../ui/diff/text-diff.tsx';
import { SelectField } from '../../ui/form/fields.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import type { PipelineDetail, PipelineRevision, RevisionText } from '../pipeline.ts';
import { toPipelinePath, toPipelinesKey } from '../queries.ts';
import type { OpenPipeline } from './use-pipeline.ts';

const part = words.versions;

/** The saved versions, newest first, and what differs between two of them; an old one can be taken up again. */
export function VersionsTab({ open: { view, detail } }: { readonly open: OpenPipeline }) {
  const [newest] = detail.versions;
  if (newest === undefined) return null;
  const version = find(detail, view.search.version) ?? newest;
  const at = detail.versions.indexOf(version);
  const against = find(detail, view.search.against) ?? detail.versions[at + 1] ?? version;
  const options = detail.versions.map((one) => ({ value: toKey(one), label: toName(one) }));
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <nav
        aria-label={words.page.versions}
        className="shrink-0 overflow-y-auto border-line max-md:max-h-44 max-md:border-b md:w-64 md:border-r"
      >
        <ol>
          {detail.versions.map((one, index) => (
            <li key={one.revision}>
              <button
                type="button"
                aria-current={one === version ? 'true' : undefined}
                data-version={one.revision}
                className={`flex w-full items-center gap-2 px-3 py-2 text-left focus-visible:-outline-offset-2 ${one === version ? 'row-on' : 'row-line hover:bg-hover'}`}
                onClick={() =>
                  view.setVersions(toKey(detail.versions[index + 1] ?? one), toKey(one))
                }
              >
                <span className="tnum flex-1 truncate font-medium">{toName(one)}</span>
                <Time iso={one.createdAt} className="text-xs text-muted" />
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div
        className="min-h-0 min-w-0 flex-1 overflow-y-auto"
        role="region"
        tabIndex={0}
        aria-label={part.diff}
      >
        <div className="flex flex-wrap items-end gap-3 px-4 py-3">
          <SelectField
            label={part.from}
            className="w-40"
            value={toKey(against)}
            options={options}
            onChange={(next) => view.setVersions(next, toKey(version))}
          />
          <SelectField
            label={part.to}
            className="w-40"
            value={toKey(version)}
            options={options}
            onChange={(next) => view.setVersions(toKey(against), next)}
          />
        </div>
        <Sides open={{ view, detail }} before={against} after={version} />
      </div>
    </div>
  );
}

function Sides({
  open: { view, detail },
  before,
  after,
}: {
  readonly open: OpenPipeline;
  readonly before: PipelineRevision;
  readonly after: PipelineRevision;
}) {
  const left = useVersionText(view.project, view.name, before);
  const right = useVersionText(view.project, view.name, after);
  const error = left.error ?? right.error;
  if (error !== null) return <ErrorState title={part.failed} error={error} />;
  if (left.data === undefined || right.data === undefined) return <SkeletonRows rows={6} />;
  const { text, format } = right.data;
  return (
    <section className="px-4 pb-5">
      <div className="overflow-hidden rounded-lg border border-line py-1">
        <TextDiff before={left.data.text} after={text} label={part.diff} />
      </div>
      {text === view.source.text ? null : (
        <Button
          className="mt-3"
          onClick={() => {
            view.writeDraft({
              text,
              format,
              baseDigest: detail.digest,
            });
            view.setTab('file');
          }}
        >
          {part.takeUp(toName(after))}
        </Button>
      )}
    </section>
  );
}

function useVersionText(project: string, name: string, { revision }: PipelineRevision) {
  return useQuery({
    queryKey: [...toPipelinesKey(project), 'revision', name, revision],
    queryFn: ({ signal }) =>
      sendRequest<RevisionText>(`${toPipelinePath(name)}/revisions/${revision}`, { signal }),
    staleTime: 300_000,
  });
}

function find(detail: PipelineDetail, key: string | undefined): PipelineRevision | undefined {
  return detail.versions.find((one) => toKey(one) === key);
}

const toKey = ({ revision }: PipelineRevision) => String(revision);

/** `2.3.0, revision 4`: a text may change without its version. */
function toName({ version, revision }: PipelineRevision): string {
  return part.name(version, revision);
}
