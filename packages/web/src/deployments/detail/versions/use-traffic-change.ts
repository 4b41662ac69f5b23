import type { DeploymentGate, DeploymentTraffic } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { words } from '../../messages.ts';
import { deploymentCalls, gateQuery } from '../../queries.ts';
import type { OpenDeployment } from '../use-deployment.ts';
import { isGated, parsePercent, toChange, type TrafficAction } from './traffic-action.ts';
import { useTraffic } from './use-traffic.ts';

const part = words.versions;

/** What is typed before the traffic changes, what the gate says, and the change itself. */
export function useTrafficChange(open: OpenDeployment, action: TrafficAction, onDone: () => void) {
  const [percent, setPercent] = useState('10');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(undefined);
  const share = parsePercent(percent);
  const asked = useGate(open, action, share ?? 0);
  const { busy, run } = useTraffic(open, setError);
  const isRefused = asked.gate?.verdict === 'refuses';
  const hasShare = action.kind !== 'canary' || share !== undefined;
  const isReady = hasShare && asked.isKnown && !busy && (!isRefused || reason.trim() !== '');
  const send = async () => {
    const wish = { percent: share ?? 0, reason: reason.trim(), force: isRefused };
    const say = ({ champion }: DeploymentTraffic) =>
      action.kind === 'rollback' ? part.rolledBack(champion) : part.done;
    if (await run(() => changeTraffic(open, action, wish), say)) onDone();
  };
  return { percent, setPercent, reason, setReason, asked, isRefused, isReady, error, send };
}

/** The gate of a version as far as it was asked. */
export interface AskedGate {
  readonly gate: DeploymentGate | undefined;
  readonly error: unknown;
  /** True once the gate has answered, and where it is not asked. */
  readonly isKnown: boolean;
  readonly isAsked: boolean;
}

function useGate(
  { view, detail }: OpenDeployment,
  action: TrafficAction,
  percent: number,
): AskedGate {
  const version = action.kind === 'rollback' ? 0 : action.version;
  const isAsked = isGated(action, percent, detail.traffic);
  const query = useQuery({
    ...gateQuery(view.project, view.model, version),
    enabled: isAsked,
    staleTime: 0,
  });
  const gate = isAsked ? query.data : undefined;
  const error = isAsked && query.isError ? query.error : undefined;
  return { gate, error, isAsked, isKnown: !isAsked || gate !== undefined };
}

function changeTraffic(
  { view: { model }, detail: { traffic } }: OpenDeployment,
  action: TrafficAction,
  wish: { readonly percent: number; readonly reason: string; readonly force: boolean },
): Promise<DeploymentTraffic> {
  // What somebody else changed meanwhile is not overwritten unseen.
  const common = {
    ...(wish.reason === '' ? {} : { reason: wish.reason }),
    ...(traffic === null ? {} : { ifRevision: traffic.revision }),
  };
  if (action.kind === 'rollback') return deploymentCalls.rollBack(model, common);
  return deploymentCalls.changeTraffic(model, {
    change: toChange(action, wish.percent),
    action: action.kind,
    ...(wish.force ? { force: true } : {}),
    ...common,
  });
}
