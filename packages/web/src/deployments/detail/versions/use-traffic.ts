import type { DeploymentTraffic } from '@coaia/client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../../lib/toasts.ts';
import { words } from '../../messages.ts';
import { deploymentCalls, refreshDeployments } from '../../queries.ts';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.versions;

/** Changes the traffic by a call, says so with a way back, and reads everything anew. */
export function useTraffic(
  { view: { model, project }, detail: { traffic } }: OpenDeployment,
  onError: (error: unknown) => void,
) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const undo = async (after: DeploymentTraffic, revision: number) => {
    try {
      await deploymentCalls.rollBack(model, {
        revision,
        ifRevision: after.revision,
        reason: part.undoReason,
      });
      addToast({ text: part.undone });
    } catch (error_) {
      tellFailure(part.undoFailed, error_);
    }
    await refreshDeployments(client, project);
  };
  /** True when it was done. */
  const run = async (
    call: () => Promise<DeploymentTraffic>,
    say: (after: DeploymentTraffic) => string,
  ): Promise<boolean> => {
    setBusy(true);
    onError(undefined);
    try {
      const after = await call();
      const way = traffic === null ? {} : { undo: () => void undo(after, traffic.revision) };
      addToast({ text: say(after), ...way });
      return true;
    } catch (error_) {
      onError(error_);
      return false;
    } finally {
      await refreshDeployments(client, project);
      setBusy(false);
    }
  };
  return { busy, run };
}

/** A line at the bottom, for what has no place of its own on the page. */
export function tellFailure(what: string, error: unknown): void {
  if (error === undefined) return;
  const why = error instanceof Error ? error.message : '';
  addToast({ text: `${what} ${why}`, tone: 'error', duration: 8000 });
}
