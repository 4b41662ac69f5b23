/** Codes of the pipelines room: block COAIA-5000. */
import type { ErrorDefinition } from '#base';
import { environmentErrors } from './environments/errors.ts';
import { planFailures } from './plan/errors.ts';
import { runFailures } from './runs/errors.ts';
import { scheduleFailures } from './schedules/errors.ts';
import { sharingFailures } from './sharing/errors.ts';
import { statsFailures } from './stats/errors.ts';
import { templateFailures } from './templates/errors.ts';

/** Every code of the room, for `coaia explain` and the errors page. */
export const pipelineErrors: Readonly<Record<string, ErrorDefinition>> = {
  ...templateFailures.table,
  ...runFailures.table,
  ...scheduleFailures.table,
  ...planFailures.table,
  ...sharingFailures.table,
  ...statsFailures.table,
  ...environmentErrors.table,
};
