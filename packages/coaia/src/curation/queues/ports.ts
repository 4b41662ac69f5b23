/** What the commands of annotation queues need: the embedded store or a server, behind one interface. */
import type { QueuesApi } from '@coaia/client';
import { needs } from '#surface';

export const queuesApi = needs<QueuesApi>('queues');
