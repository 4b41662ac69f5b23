import { toShellWord } from '../../lib/copy-as.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { IconPlay } from '../../ui/icons.ts';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { words } from '../messages.ts';
import { toDeploymentPath } from '../queries.ts';
import { deploymentTabs, type DeploymentTab } from '../search.ts';
import { CardTab } from './card/card-tab.tsx';
import { DriftTab } from './drift/drift-tab.tsx';
import { OverviewTab } from './overview/overview-tab.tsx';
import { PredictionsTab } from './predictions/predictions-tab.tsx';
import { TryTab } from './try/try-tab.tsx';
import { useDeployment, type OpenDeployment } from './use-deployment.ts';
import { VersionsTab } from './versions/versions-tab.tsx';

const parts = {
  overview: OverviewTab,
  try: TryTab,
  predictions: PredictionsTab,
  drift: DriftTab,
  versions: VersionsTab,
  card: CardTab,
} as const;

/** What gives the same as a tab: a command and a call. */
function toCall(tab: DeploymentTab, model: string): readonly [string, string] {
  const flag = `--model ${toShellWord(model)}`;
  switch (tab) {
    case 'drift':
      return [`ao drift ${flag}`, toDeploymentPath(model, 'drift')];
    case 'predictions':
      return [`ao predictions ${flag}`, toDeploymentPath(model, 'predictions')];
    default:
      return [`ao versions ${flag}`, toDeploymentPath(model)];
  }
}

/** One served model: what it does, a form that asks it, its predictions, drift, versions and card. */
export function DeploymentPage() {
  const view = useDeployment();
  const baseUrl = useServerUrl();
  const { project, model, query, tab } = view;
  const detail = query.data;
  useShortcuts(words.parts, [
    {
      keys: ['1', '2', '3', '4', '5', '6'],
      label: words.keys.tabs,
      run: (event) => view.setTab(deploymentTabs[Number(event.key) - 1] ?? 'overview'),
    },
  ]);
  const [command, path] = toCall(tab, model);
  return (
    <PageFrame
      title={model}
      crumbs={[
        { label: words.title, link: { to: '/p/$project/deployments', params: { project } } },
      ]}
      detail={
        detail === undefined ? undefined : (words.languages[detail.language] ?? detail.language)
      }
      call={{ command, path, baseUrl }}
      actions={
        detail === undefined || tab === 'try' ? null : (
          <Button tone="primary" onClick={() => view.setTab('try')}>
            <IconPlay size={14} />
            {words.tabs.try}
          </Button>
        )
      }
    >
      {query.isPending ? <SkeletonRows rows={12} height="52px" /> : null}
      {query.isError && detail === undefined ? (
        <ErrorState
          title={words.oneFailed}
          missing={words.missing}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {detail === undefined ? null : <Parts key={model} open={{ view, detail }} />}
    </PageFrame>
  );
}

function Parts({ open }: { readonly open: OpenDeployment }) {
  return (
    <PageTabs
      label={words.parts}
      value={open.view.tab}
      onChange={open.view.setTab}
      tabs={deploymentTabs.map((value) => {
        const Part = parts[value];
        return { value, label: words.tabs[value], render: () => <Part open={open} /> };
      })}
    />
  );
}
