/** What the commands about projects, keys and people need. */
import type { AdministrationApi } from '@coaia/client';
import { needs } from '#surface';

export const administrationApi = needs<AdministrationApi>('administration');
