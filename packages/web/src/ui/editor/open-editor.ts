import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldKeymap, indentOnInput } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  placeholder as emptyText,
} from '@codemirror/view';
import { toEditorTheme } from './editor-theme.ts';
import { lineMarks, writeMarks, type LineMark } from './line-marks.ts';

/** An editor that stands in the document. */
export interface OpenEditor {
  /** Replaces the text when it is another one; the cursor stays where it can. */
  readonly write: (text: string) => void;
  /** Lines with something wrong, in place of those before. */
  readonly writeMarks: (marks: readonly LineMark[]) => void;
  /** Puts the cursor and the focus at the beginning of a line, from 1. */
  readonly goTo: (line: number) => void;
  readonly close: () => void;
}

interface EditorOptions {
  readonly label: string;
  readonly language: 'json' | 'yaml' | 'text';
  readonly readOnly: boolean;
  readonly whole: boolean;
  readonly minLines: number;
  readonly placeholder: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
}

/** Opens CodeMirror in `parent`. Tab leaves the editor (WCAG 2.1.2). */
export function openEditor(parent: HTMLElement, options: EditorOptions): OpenEditor {
  const view = new EditorView({
    parent,
    root: documentWithoutHead,
    state: EditorState.create({ doc: options.text, extensions: toExtensions(options) }),
  });
  return {
    write: (text) => {
      if (text === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    writeMarks: (marks) => writeMarks(view, marks),
    goTo: (line) => {
      const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

function toExtensions(options: EditorOptions): readonly Extension[] {
  const submit = {
    key: 'Mod-Enter',
    run: () => {
      options.onSubmit();
      return true;
    },
  };
  return [
    toEditorTheme(options.minLines, options.whole),
    lineMarks,
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    EditorView.lineWrapping,
    keymap.of([submit, ...defaultKeymap, ...historyKeymap, ...foldKeymap]),
    // Said outright, because a long text makes the part around it scroll.
    EditorView.contentAttributes.of({ 'aria-label': options.label, tabindex: '0' }),
    EditorState.readOnly.of(options.readOnly),
    ...(options.placeholder === '' ? [] : [emptyText(options.placeholder)]),
    ...(options.language === 'json' ? [json()] : []),
    ...(options.language === 'yaml' ? [yaml()] : []),
    ...(options.whole ? [lineNumbers()] : []),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onChange(update.state.doc.toString());
    }),
  ];
}

/**
 * The editor writes its rules into a style element, which the page's content policy refuses, unless its root has
 * no head: then it adopts a style sheet, which the policy allows. So its root is the document without the head.
 */
const documentWithoutHead = new Proxy(document, {
  get: (target, key) => {
    if (key === 'head') return undefined;
    const value: unknown = Reflect.get(target, key, target);
    return typeof value === 'function' ? (value.bind(target) as unknown) : value;
  },
  set: (target, key, value) => Reflect.set(target, key, value, target),
});
