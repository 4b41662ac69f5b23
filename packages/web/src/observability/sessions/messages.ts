import { createCatalogue, toPlural } from '../../lib/i18n.ts';

const en = {
  replay: 'Replay',
  replayKey: 'Replay step by step',
  replayBar: 'Replay',
  step: (step: number, of: number) => `Step ${step} of ${of}`,
  asked: (turn: number) => `Turn ${turn}: the question`,
  answered: (turn: number) => `Turn ${turn}: the answer`,
  next: 'Next step',
  previous: 'Previous step',
  endReplay: 'End replay',
  export: 'Export',
  exportJson: 'Export as JSON',
  exportMarkdown: 'Export as Markdown',
  exported: (count: number) => `${toPlural(count, 'session', 'sessions')} exported`,
  exporting: (count: number) => `Reading ${toPlural(count, 'turn', 'turns')}`,
  exportFailed: 'The export stopped: the server did not answer.',
  compare: 'Compare',
  compareWith: 'Compare with another session',
  compareHint: 'Id of the other session',
  compareField: 'Other session',
  comparing: (a: string, b: string) => `${a} and ${b}`,
  endCompare: 'End comparison',
  diff: 'Show what differs',
  plain: 'Show as conversation',
  turn: (index: number) => `Turn ${index}`,
  noTurn: 'no such turn',
  question: 'Question',
  answer: 'Answer',
  same: 'the same in both',
  selected: (count: number) => `${count.toLocaleString('en')} selected`,
  clear: 'Clear selection',
  assistant: 'assistant',
  user: 'user',
};

/** Words of a conversation's tools: replay, export, comparison. */
export const words = createCatalogue({ en });
