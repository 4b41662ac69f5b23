import type { DeploymentTraffic, DeploymentTrafficChange } from '@coaia/client';
import { Button } from '../../../ui/button.tsx';
import { IconMore } from '../../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx';
import { words } from '../../messages.ts';
import { deploymentCalls } from '../../queries.ts';
import type { OpenDeployment } from '../use-deployment.ts';
import type { TrafficAction } from './traffic-action.ts';
import { tellFailure, useTraffic } from './use-traffic.ts';

const part = words.versions;

/** What can be done with one version. */
export function VersionMenu({
  open,
  version,
  onAction,
}: {
  readonly open: OpenDeployment;
  readonly version: number;
  readonly onAction: (action: TrafficAction) => void;
}) {
  const { view, detail } = open;
  const { traffic } = detail;
  const { run } = useTraffic(open, (error) => tellFailure(part.actionFailed, error));
  const end = (action: string, change: DeploymentTrafficChange) =>
    run(
      () => deploymentCalls.changeTraffic(view.model, { action, change }),
      () => part.done,
    );
  const isChampion = traffic?.champion === version;
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} tone="ghost" square label={part.actions(version)}>
          <IconMore size={14} />
        </Button>
      )}
    >
      {isChampion
        ? null
        : (['deploy', 'canary', 'shadow', 'challenger'] as const).map((kind) => (
            <MenuItem key={kind} onSelect={() => onAction({ kind, version })}>
              {part[kind]}
            </MenuItem>
          ))}
      {listEnds(traffic, version).map(({ action, label, change }) => (
        <MenuItem key={action} onSelect={() => void end(action, change)}>
          {label}
        </MenuItem>
      ))}
      {isChampion ? null : <MenuLine />}
      {isChampion ? null : (
        <MenuItem onSelect={() => view.update({ version, against: traffic?.champion })}>
          {part.compare}
        </MenuItem>
      )}
      {isChampion ? (
        <MenuItem onSelect={() => view.setTab('try')}>{words.tabs.try}</MenuItem>
      ) : null}
    </Menu>
  );
}

/** What the version is beside the champion, with the change that ends it. */
function listEnds(traffic: DeploymentTraffic | null, version: number) {
  const all = [
    { action: 'canary', now: traffic?.canary?.version, label: part.endCanary },
    { action: 'shadow', now: traffic?.shadow, label: part.endShadow },
    { action: 'challenger', now: traffic?.challenger, label: part.endChallenger },
  ];
  return all
    .filter(({ now }) => now === version)
    .map(({ action, label }) => ({ action, label, change: { [action]: null } }));
}
