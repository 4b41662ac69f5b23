import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { addToast } from '../../lib/toasts.ts';
import { words } from '../messages.ts';
import { deploymentQuery, refreshDeployments } from '../queries.ts';
import { needsTrust } from './model-file.ts';
import { sendFile } from './send-file.ts';

/** How far a file is. */
export type DeployStage =
  | { readonly is: 'asking' | 'trust' | 'starting' | 'waiting' }
  | { readonly is: 'sending'; readonly sent: number }
  | { readonly is: 'failed'; readonly error: unknown };

/** The service tells of itself a moment after it is up. */
const MOST_TRIES = 20;
const PAUSE_MS = 500;

/** Deploys one file. Without trust a file that runs code is not even sent. */
export function useDeployFile(project: string, file: File) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [stage, setStage] = useState<DeployStage>({ is: 'asking' });
  const send = async (name: string, isTrusted: boolean) => {
    setStage({ is: 'sending', sent: 0 });
    try {
      await sendFile({ file, name, isTrusted }, (sent) =>
        setStage(sent < file.size ? { is: 'sending', sent } : { is: 'starting' }),
      );
    } catch (error) {
      const asksTrust = error instanceof ApiError && error.code === 'AO671';
      setStage(asksTrust ? { is: 'trust' } : { is: 'failed', error });
      return;
    }
    setStage({ is: 'waiting' });
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const found = await client
        .query({ ...deploymentQuery(project, name), retry: false })
        .catch(() => undefined);
      if (found !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    await refreshDeployments(client, project);
    addToast({ text: words.drop.done(name) });
    // The form that asks the model is what one came for.
    void navigate({
      to: '/p/$project/deployments/$model',
      params: { project, model: name },
      search: { tab: 'try' },
    });
  };
  return {
    stage,
    deploy: (name: string, isTrusted: boolean) => {
      if (needsTrust(file.name) && !isTrusted) setStage({ is: 'trust' });
      else void send(name, isTrusted);
    },
    back: () => setStage({ is: 'asking' }),
  };
}
