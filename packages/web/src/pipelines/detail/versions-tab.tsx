import { useQuery } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { TextDiff } from '../../ui/diff/text-diff.tsx';
import { SelectField } from '../../ui/form/fields.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import type { PipelineDetail, PipelineVersion } from '../pipeline.ts';
import { toPipelinePath } from '../queries.ts';
import type { OpenPipeline } from './use-pipeline.ts';

const part = words.versions;

/** The saved versions, newest first, and what differs between two of them; an old one can be taken up again. */
export function VersionsTab({ open: { view, detail } }: { readonly open: OpenPipeline }) {
  const [newest] = detail.versions;
  if (newest === undefined) return null;
  const version = find(detail, view.search.version) ?? newest;
  const at = detail.versions.indexOf(version);
  const against = find(detail, view.search.against) ?? detail.versions[at + 1] ?? version;
  const options = detail.versions.map((one) => ({ value: one.digest, label: toName(one) }));
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <nav
        aria-label={words.page.versions}
        className="shrink-0 overflow-y-auto border-line max-md:max-h-44 max-md:border-b md:w-64 md:border-r"
      >
        <ol>
          {detail.versions.map((one, index) => (
            <li key={`${one.digest} ${index}`}>
              <button
                type="button"
                aria-current={one === version ? 'true' : undefined}
                data-version={one.version}
                className={`flex w-full items-center gap-2 px-3 py-2 text-left focus-visible:-outline-offset-2 ${one === version ? 'row-on' : 'row-line hover:bg-hover'}`}
                onClick={() =>
                  view.setVersions(detail.versions[index + 1]?.digest ?? one.digest, one.digest)
                }
              >
                <span className="tnum flex-1 truncate font-medium">{toName(one)}</span>
                {typeof one.createdAt === 'string' ? (
                  <Time iso={one.createdAt} className="text-xs text-muted" />
                ) : null}
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
            value={against.digest}
            options={options}
            onChange={(next) => view.setVersions(next, version.digest)}
          />
          <SelectField
            label={part.to}
            className="w-40"
            value={version.digest}
            options={options}
            onChange={(next) => view.setVersions(against.digest, next)}
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
  readonly before: PipelineVersion;
  readonly after: PipelineVersion;
}) {
  const left = useVersionText(view.project, detail, before);
  const right = useVersionText(view.project, detail, after);
  const error = left.error ?? right.error;
  if (error !== null) return <ErrorState title={part.failed} error={error} />;
  if (left.data === undefined || right.data === undefined) return <SkeletonRows rows={6} />;
  const text = right.data;
  return (
    <section className="px-4 pb-5">
      <div className="overflow-hidden rounded-lg border border-line py-1">
        <TextDiff before={left.data} after={text} label={part.diff} />
      </div>
      {text === view.source.text ? null : (
        <Button
          className="mt-3"
          onClick={() => {
            view.writeDraft({
              text,
              format: after.format ?? detail.format,
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

function useVersionText(project: string, detail: PipelineDetail, version: PipelineVersion) {
  return useQuery({
    queryKey: ['pipelines', project, 'version', detail.name, version.digest],
    queryFn: async ({ signal }) => {
      if (version.text !== undefined) return version.text;
      const query = { version: String(version.version) };
      return (await sendRequest<PipelineDetail>(toPipelinePath(detail.name), { query, signal })).text;
    },
    staleTime: Infinity,
  });
}

function find(detail: PipelineDetail, digest: string | undefined): PipelineVersion | undefined {
  return detail.versions.find((one) => one.digest === digest);
}

function toName({ version }: PipelineVersion): string {
  return typeof version === 'number' ? `v${version}` : version;
}
