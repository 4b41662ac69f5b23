/** Codes of dashboards: COAIA-1190 to 1199. */
import { defineErrors, EXIT } from '#base';

export const dashboardFailures = defineErrors({
  'COAIA-1190': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The widget asks for something its view does not have, or its chart cannot show what it asks. The sentence names it; docs/metrics.md lists the measures and dimensions of each view.',
  },
  'COAIA-1191': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'The widget still stands on a dashboard. Take its placements away first; the sentence names the dashboards.',
  },
  'COAIA-1192': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'A placement with this id is on the dashboard already. Leave the id out to get a new one.',
  },
  'COAIA-1193': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The placement names a widget that is not in this project, or lies outside the twelve columns of the grid.',
  },
  'COAIA-1194': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The file is no dashboard. `coaia dashboards export` writes one; the sentence names the first place that is wrong.',
  },
  'COAIA-1195': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Several dashboards have this name, so it does not say which one is meant. `coaia dashboards list` shows their ids.',
  },
});
