import type { DeploymentGateway } from '@coaia/client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../../lib/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { IconPause, IconPlay } from '../../../ui/icons.ts';
import { Failure } from '../../../ui/panels.tsx';
import { Time } from '../../../ui/value.tsx';
import { GatewayMark } from '../../gateway-mark.tsx';
import { words } from '../../messages.ts';
import { deploymentCalls, refreshDeployments } from '../../queries.ts';
import { Section } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.gateways;

/** The gateways that answer for the model, to start and to stop. */
export function Gateways({ open: { view, detail } }: { readonly open: OpenDeployment }) {
  const { gateways } = detail;
  return (
    <Section title={part.title}>
      {gateways.length === 0 ? (
        <p className="text-muted" data-empty="gateways">
          {part.none} <code className="font-mono text-xs">{part.noneHint}</code>
        </p>
      ) : (
        <ul className="rounded-lg border border-line">
          {gateways.map((gateway) => (
            <GatewayLine
              key={gateway.id}
              gateway={gateway}
              project={view.project}
              model={detail.name}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function GatewayLine({
  gateway,
  project,
  model,
}: {
  readonly gateway: DeploymentGateway;
  readonly project: string;
  readonly model: string;
}) {
  const { state, url, host, name, seenAt } = gateway;
  const { busy, error, run } = useRunning(project, gateway);
  const isUp = state === 'ready' || state === 'starting';
  const own = gateway.models.filter((one) => one.model === model);
  const sum = (read: (one: (typeof own)[number]) => number) =>
    own.reduce((all, one) => all + read(one), 0);
  const idle = isUp ? part.stop : part.start;
  const verb = busy ? (isUp ? part.stopping : part.starting) : idle;
  return (
    <li className="border-line not-last:border-b" data-gateway={gateway.id}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
        <span className="w-20">
          <GatewayMark state={state} />
        </span>
        <span className="min-w-0 flex-1 basis-60">
          {isUp ? (
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              className="font-mono text-xs break-all text-accent hover:underline"
            >
              {url}
            </a>
          ) : (
            <span className="font-mono text-xs break-all text-muted">{url}</span>
          )}
          <span className="block text-xs text-muted">
            {part.facts(
              host,
              sum(({ workers }) => workers),
              sum(({ restarts }) => restarts),
            )}{' '}
            · {part.seen} <Time iso={seenAt} />
          </span>
        </span>
        <Button disabled={busy} onClick={() => void run(!isUp)} label={part.of(verb, name)}>
          {isUp ? <IconPause size={14} /> : <IconPlay size={14} />}
          {verb}
        </Button>
      </div>
      {error === undefined ? null : <Failure title={part.failed} error={error} />}
    </li>
  );
}

function useRunning(project: string, { id, name }: DeploymentGateway) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const run = async (running: boolean) => {
    setBusy(true);
    setError(undefined);
    try {
      await deploymentCalls.setRunning(id, running);
      addToast({ text: running ? part.started(name) : part.stopped(name) });
    } catch (error_) {
      setError(error_);
    }
    await refreshDeployments(client, project);
    setBusy(false);
  };
  return { busy, error, run };
}
