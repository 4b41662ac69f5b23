import { createCatalogue } from '../../lib/i18n.ts';

const en = {
  title: 'Models and prices',
  lead: 'What a call costs is worked out from these when it arrives. A model of the project wins over a built-in one of the same pattern.',
  failed: 'The models could not be read.',
  list: 'Models and prices',
  search: 'Search models',
  noHits: 'No model matches.',
  name: 'Model',
  pattern: 'Pattern',
  input: 'Input',
  output: 'Output',
  more: 'More',
  moreOf: (prices: number, tiers: number) =>
    [
      prices > 0 ? `${prices} more ${prices === 1 ? 'price' : 'prices'}` : '',
      tiers > 1 ? `${tiers} tiers` : '',
    ]
      .filter(Boolean)
      .join(', '),
  perMillion: 'USD per million',
  origin: 'From',
  builtIn: 'built in',
  own: 'this project',
  actions: 'Actions',
  actionsFor: (name: string) => `Actions for ${name}`,
  add: 'Add model',
  change: 'Change',
  copy: 'Own price for this project',
  remove: 'Delete',
  removed: (name: string) => `${name} deleted`,
  removeFailed: 'The model could not be deleted.',
  addTitle: 'Add a model',
  changeTitle: (name: string) => `Change ${name}`,
  patternHint: 'A regular expression for names as programs send them, such as (?i)^(my-model)$.',
  unit: 'Counted in',
  startDate: 'Holds from',
  startHint: 'A day such as 2026-01-31; empty: always.',
  prices: 'Prices by kind of use, USD per million',
  pricesHint: 'One line for each kind: input 0.5',
  pricesWrong: (line: string) => `Not a kind and a number: ${line}`,
  tiers: 'Tiers',
  tiersHint:
    'JSON. Empty: one tier with the prices above; with tiers, the prices stand in them, in USD for one.',
  save: 'Save model',
  saveFailed: 'The model could not be saved.',
  saved: (name: string) => `${name} saved; calls that arrive from now on cost so much`,
};

/** Words of the part about models. */
export const words = createCatalogue({ en });
