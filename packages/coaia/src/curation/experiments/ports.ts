/** What the commands of experiments need: the embedded store or a server, behind one interface. */
import type { ExperimentsApi } from '@coaia/client';
import { needs } from '#surface';

export const experimentsApi = needs<ExperimentsApi>('experiments');
