/** What copying one kind needs. */
import type { TransferStepRow } from '#store';
import type { MigrationPorts } from '../ports.ts';
import type { Source } from '../sources/source.ts';
import type { TransferKey } from './storage.ts';
import type { MigrateInput } from './transfer.ts';

export interface Copy {
  readonly ports: MigrationPorts;
  readonly input: MigrateInput;
  readonly key: TransferKey;
  readonly source: Source;
  readonly step: TransferStepRow | undefined;
}
