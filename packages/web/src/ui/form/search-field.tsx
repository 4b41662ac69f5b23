import { useEffect, useState, type RefObject } from 'react';
import { IconSearch } from '../icons.ts';

/** A search field whose text goes to the address shortly after the last key. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  inputRef,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  // The address changed from elsewhere: by the back button, for example.
  if (told !== value) {
    setTold(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 150);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="relative w-60 max-sm:w-36">
      <IconSearch
        size={14}
        className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-faint"
      />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        autoComplete="off"
        spellCheck={false}
        className="h-7 w-full rounded-md border border-field bg-bg pr-2 pl-7 [&::-webkit-search-cancel-button]:appearance-none"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // The browser would clear the field; Escape only leads back to the list.
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}
