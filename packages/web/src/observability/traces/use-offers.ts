import { useMemo, useState, type RefObject } from 'react';
import type { FilterKey } from '../filter/keys.ts';
import { findSuggestions, type SeenValues, type Suggestion } from '../filter/suggest.ts';

interface OffersOptions {
  readonly draft: string;
  readonly setDraft: (text: string) => void;
  readonly commit: (text: string) => void;
  readonly keys: readonly FilterKey[];
  readonly seen: SeenValues;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

type FieldEvent = React.SyntheticEvent<HTMLInputElement>;

const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The completion under the query bar: what is offered at the caret, and what keys do with it. */
export function useOffers({ draft, setDraft, commit, keys, seen, inputRef }: OffersOptions) {
  const [caret, setCaret] = useState(0);
  const [opened, setOpened] = useState(false);
  const [at, setAt] = useState(-1);
  const list = useMemo(
    () => (opened ? findSuggestions(draft, caret, seen, keys) : []),
    [opened, draft, caret, seen, keys],
  );
  const take = (offer: Suggestion) => {
    // A whole value is a filter to apply; a key alone waits for its value.
    const done = offer.text.endsWith(' ') || offer.caret < offer.text.length;
    if (done) commit(offer.text);
    else setDraft(offer.text);
    setCaret(offer.caret);
    setAt(-1);
    setOpened(!done);
    requestAnimationFrame(() => inputRef.current?.setSelectionRange(offer.caret, offer.caret));
  };
  const move = (step: number) => {
    const from = at === -1 && step < 0 ? list.length : at;
    setAt((from + step + list.length) % list.length);
  };
  const runKey = (key: string, field: HTMLInputElement): boolean => {
    const chosen = list[at];
    const step = moves[key];
    if (step !== undefined && list.length > 0) move(step);
    else if (chosen !== undefined && (key === 'Enter' || key === 'Tab')) take(chosen);
    else if (key === 'Escape' && list.length > 0) setOpened(false);
    else if (key === 'Escape') field.blur();
    else return false;
    return true;
  };
  return {
    list,
    at,
    take,
    open: () => setOpened(true),
    close: () => setOpened(false),
    follow: (event: FieldEvent) => setCaret(event.currentTarget.selectionStart ?? draft.length),
    type: (event: React.ChangeEvent<HTMLInputElement>) => {
      setDraft(event.target.value);
      setCaret(event.target.selectionStart ?? event.target.value.length);
      setOpened(true);
      setAt(-1);
    },
    press: (event: React.KeyboardEvent<HTMLInputElement>) => {
      if (runKey(event.key, event.currentTarget)) {
        event.preventDefault();
      } else if (event.key === 'Enter') {
        setOpened(false);
        commit(draft);
      } else if (event.key === 'ArrowDown') {
        setOpened(true);
      }
    },
  };
}
