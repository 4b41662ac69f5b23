import { syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** Colours and measures of the editor, from the page's own tokens; keys of JSON are muted, nothing else is coloured. */
export function toEditorTheme(minLines: number, whole: boolean): Extension {
  return [
    EditorView.theme({
      '&': { color: 'var(--text)', backgroundColor: 'transparent' },
      '&.cm-focused': { outline: 'none' },
      '.cm-content': {
        minHeight: `${minLines * 18 + 12}px`,
        padding: '6px 0',
        caretColor: 'var(--text)',
        fontFamily: 'inherit',
        lineHeight: '18px',
      },
      '.cm-line': { padding: '0 8px' },
      '.cm-scroller': {
        fontFamily: 'inherit',
        lineHeight: '18px',
        ...(whole ? {} : { maxHeight: '60vh' }),
      },
      '.cm-gutters': {
        backgroundColor: 'transparent',
        color: 'var(--faint)',
        border: 'none',
        paddingLeft: '8px',
        fontVariantNumeric: 'tabular-nums',
      },
      '.cm-fault': { boxShadow: 'inset 2px 0 0 var(--error)' },
      '.cm-doubt': { boxShadow: 'inset 2px 0 0 var(--warn)' },
      '.cm-cursor': { borderLeftColor: 'var(--text)' },
      '.cm-placeholder': { color: 'var(--faint)' },
      '.cm-key': { color: 'var(--muted)' },
      '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
        { backgroundColor: 'color-mix(in srgb, var(--accent) 24%, transparent)' },
      '&.cm-focused .cm-matchingBracket': {
        backgroundColor: 'transparent',
        outline: '1px solid var(--border-strong)',
      },
      '&.cm-focused .cm-nonmatchingBracket': {
        backgroundColor: 'transparent',
        outline: '1px solid var(--error)',
      },
    }),
    syntaxHighlighting({
      style: (found) =>
        found.some((tag) => String(tag).includes('propertyName')) ? 'cm-key' : null,
    }),
  ];
}
