import { useEffect, useRef } from 'react';
import { openEditor, type OpenEditor } from './open-editor.ts';
import type { CodeEditorProps } from './code-editor.tsx';

/** The editor itself. Its text follows `value` from outside and tells every change of its own. */
export function CodeEditorBody(props: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<OpenEditor>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const { label, language, readOnly = false, whole = false, minLines = 4, placeholder } = props;
  const { marks, place: goal } = props;
  useEffect(() => {
    if (place.current === null) return;
    const open = openEditor(place.current, {
      label,
      language,
      readOnly,
      whole,
      minLines,
      placeholder: placeholder ?? '',
      text: latest.current.value,
      onChange: (text) => latest.current.onChange?.(text),
      onSubmit: () => latest.current.onSubmit?.(),
    });
    editor.current = open;
    return () => {
      editor.current = undefined;
      open.close();
    };
  }, [label, language, readOnly, whole, minLines, placeholder]);
  useEffect(() => editor.current?.write(props.value), [props.value]);
  useEffect(() => editor.current?.writeMarks(marks ?? []), [marks, props.value]);
  useEffect(() => {
    if (goal !== undefined) editor.current?.goTo(goal.line);
  }, [goal]);
  return <div ref={place} />;
}
