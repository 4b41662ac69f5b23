import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** A line of the text, from 1, with what is wrong there. */
export interface LineMark {
  readonly line: number;
  readonly severity: 'error' | 'warning';
}

const setMarks = StateEffect.define<readonly LineMark[]>();

const looks = {
  error: Decoration.line({ class: 'cm-fault' }),
  warning: Decoration.line({ class: 'cm-doubt' }),
} as const;

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const effect = transaction.effects.find((one) => one.is(setMarks));
    if (effect === undefined) return marks.map(transaction.changes);
    const { doc } = transaction.state;
    const lines = new Map<number, LineMark['severity']>();
    for (const { line, severity } of effect.value) {
      if (line < 1 || line > doc.lines) continue;
      if (lines.get(line) !== 'error') lines.set(line, severity);
    }
    const ranges = [...lines]
      .toSorted(([a], [b]) => a - b)
      .map(([line, severity]) => looks[severity].range(doc.line(line).from));
    return Decoration.set(ranges);
  },
  provide: (own) => EditorView.decorations.from(own),
});

/** Shows what is wrong at its lines; an edge, because a line may be coloured otherwise. */
export const lineMarks: Extension = field;

/** Puts other marks in place of those that stand. */
export function writeMarks(view: EditorView, marks: readonly LineMark[]): void {
  view.dispatch({ effects: setMarks.of(marks) });
}
