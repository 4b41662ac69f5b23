import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { sendRequest } from '../../lib/api.ts';
import { toBytes, toDuration, toText } from '../../lib/format.ts';
import { addChangeListener } from '../../lib/live.ts';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { sessionQuery, toProjectPath } from '../../lib/server.ts';
import { addToast } from '../../lib/toasts.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { Button } from '../../ui/button.tsx';
import { IconMore } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { FirstSteps } from './first-steps.tsx';
import { HomeCharts } from './home-charts.tsx';
import { firstStepsQuery, homeQuery, type ChecklistStep, type HomeAnswer } from './home-query.ts';
import { TaskCard } from './task-card.tsx';
import { TraceCard } from './trace-card.tsx';
import { words } from './messages.ts';

const route = getRouteApi('/p/$project/');

/** Health, first steps, charts, last traces and errors, where one was. */
export function HomePage() {
  const { project } = route.useParams();
  const query = useQuery(homeQuery(project));
  const { dismissed } = usePreferences();
  useHomeLive(project);
  const home = query.data;
  return (
    <>
      <PageBar title={words.home}>
        <SampleMenu project={project} />
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {query.isError ? (
          <Failure title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isPending ? <SkeletonRows rows={12} height="44px" /> : null}
        {home === undefined ? null : (
          <div className="mx-auto flex max-w-300 flex-col gap-4 p-4">
            <HealthLine health={home.health} />
            {dismissed.includes('first-steps') ? null : (
              <Checklist
                project={project}
                known={home.checklist}
                onDismiss={() => updatePreferences({ dismissed: [...dismissed, 'first-steps'] })}
              />
            )}
            <HomeCharts series={home.series} />
            <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
              <TraceCard
                project={project}
                title={words.lastTraces}
                rows={home.lastTraces}
                nothing={words.noTraces}
                all={words.allTraces}
              />
              <div className="flex min-w-0 flex-col gap-4">
                <TaskCard project={project} />
                <TraceCard
                  project={project}
                  title={words.lastErrors}
                  rows={home.lastErrors}
                  nothing={words.noErrors}
                  all={words.allErrors}
                  q="level:ERROR"
                />
                <Recent />
              </div>
            </div>
          </div>
        )}
      </div>
    </>
  );
}

function Checklist({
  project,
  known,
  onDismiss,
}: {
  readonly project: string;
  /** As the page's own answer told them. */
  readonly known: readonly ChecklistStep[];
  readonly onDismiss: () => void;
}) {
  const { data } = useQuery(firstStepsQuery(project));
  return <FirstSteps steps={data ?? known} onDismiss={onDismiss} />;
}

function useHomeLive(project: string): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = addChangeListener(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ['home', project] });
      }, 700);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, project]);
}

function HealthLine({ health }: { readonly health: HomeAnswer['health'] }) {
  const session = useQuery(sessionQuery).data;
  const good = ['ok', 'OK', 'healthy'].includes(health.status);
  const store =
    session === undefined ? '' : session.server.store === 'sqlite' ? 'SQLite' : 'Postgres';
  const facts = [
    words.traces(health.traceCount),
    words.spans(health.observationCount),
    words.sessions(health.sessionCount),
    [store, toText(toBytes(health.storeBytes))].filter(Boolean).join(' '),
    words.durability(health.durability),
    words.up(toText(toDuration(health.uptimeSeconds * 1000))),
  ];
  return (
    <section
      aria-label={words.health}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 px-1 text-muted"
      data-health={health.status}
    >
      <span className={`flex items-center gap-2 font-medium ${good ? 'text-ok' : 'text-error'}`}>
        <span className={`dot size-1.5 rounded-full ${good ? 'bg-ok' : 'bg-error'}`} />
        {good ? words.healthy : words.unhealthy(health.status)}
      </span>
      {facts.map((fact) => (
        <span key={fact} className="tnum whitespace-nowrap">
          {fact}
        </span>
      ))}
    </section>
  );
}

function Recent() {
  const { recent } = usePreferences();
  if (recent.length === 0) return null;
  return (
    <section className="rounded-lg border border-line" aria-label={words.continue}>
      <h2 className="row-line flex h-9 items-center px-3 font-medium">{words.continue}</h2>
      <ul>
        {recent.slice(0, 5).map((item) => (
          <li key={item.path} className="row-line last:shadow-none">
            <Link
              to={item.path}
              className="flex h-8 items-center gap-3 px-3 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="min-w-0 flex-1 truncate">{item.label}</span>
              <span className="text-xs text-muted">{item.kind}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SampleMenu({ project }: { readonly project: string }) {
  const client = useQueryClient();
  const loaded = useQuery(sessionQuery).data?.sample.loaded === true;
  const change = useMutation({
    mutationFn: (method: 'POST' | 'DELETE') =>
      sendRequest(toProjectPath(project, 'sample'), { method }),
    onSuccess: async (_, method) => {
      addToast({ text: method === 'POST' ? words.sampleLoaded : words.sampleRemoved });
      await client.invalidateQueries();
    },
    onError: () => addToast({ text: words.sampleFailed, tone: 'error' }),
  });
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} square label={words.more}>
          <IconMore size={14} />
        </Button>
      )}
    >
      <MenuItem onSelect={() => change.mutate(loaded ? 'DELETE' : 'POST')}>
        {loaded ? words.removeSample : words.loadSample}
      </MenuItem>
    </Menu>
  );
}
