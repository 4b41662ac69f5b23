/** Codes of the serving room: AO101 to AO699, as `ao` and the gateway say them. */
import type { ErrorDefinition } from '#base';
import { buildFailures } from './builds/errors.ts';
import { callFailures } from './calls/errors.ts';
import { checkFailures } from './checks/errors.ts';
import { deskFailures } from './desk/errors.ts';
import { gatewayFailures } from './gateway/errors.ts';
import { hostFailures } from './hosts/errors.ts';
import { predictionFailures } from './predictions/errors.ts';
import { projectFailures } from './projects/errors.ts';
import { runningFailures } from './running/errors.ts';
import { runtimeFailures } from './runtimes/errors.ts';
import { signatureFailures } from './signatures/errors.ts';
import { versionFailures } from './versions/errors.ts';

/** Every code of the room, for `coaia explain` and the errors page. */
export const servingErrors: Readonly<Record<string, ErrorDefinition>> = {
  ...projectFailures.table,
  ...signatureFailures.table,
  ...runtimeFailures.table,
  ...checkFailures.table,
  ...gatewayFailures.table,
  ...hostFailures.table,
  ...buildFailures.table,
  ...runningFailures.table,
  ...versionFailures.table,
  ...callFailures.table,
  ...deskFailures.table,
  ...predictionFailures.table,
};
