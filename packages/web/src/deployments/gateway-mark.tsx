import type { DeploymentGateway } from '@coaia/client';
import { Status } from '../ui/value.tsx';
import { words } from './messages.ts';

const tones = { ready: 'ok', starting: 'running', stopped: 'warning', lost: 'error' } as const;

/** How a gateway stands: a dot and a word. */
export function GatewayMark({ state }: { readonly state: DeploymentGateway['state'] }) {
  return <Status state={tones[state]} word={words.gatewayStates[state]} />;
}
