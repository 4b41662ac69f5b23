/** What the command needs: the embedded store or a server, behind one interface. */
import { needs } from '#surface';
import type { JudgementsApi } from '@coaia/client';

export const judgementsApi = needs<JudgementsApi>('judgements');
