/** What the commands of datasets need: the embedded store or a server, behind one interface. */
import type { DatasetsApi } from '@coaia/client';
import { needs } from '#surface';

export const datasetsApi = needs<DatasetsApi>('datasets');
