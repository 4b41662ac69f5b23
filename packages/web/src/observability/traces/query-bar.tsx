import { useId, useMemo, useState, type RefObject } from 'react';
import { toClass } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { IconAlert, IconClose, IconSearch } from '../../ui/icons.ts';
import type { FilterProblem } from '../filter/filter.ts';
import type { FilterKey } from '../filter/keys.ts';
import { parseFilter } from '../filter/parse.ts';
import type { SeenValues, Suggestion } from '../filter/suggest.ts';
import { words } from '../messages.ts';
import { QueryInk } from './query-ink.tsx';
import { useOffers } from './use-offers.ts';

interface QueryBarProps {
  /** The filter of the address. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly keys: readonly FilterKey[];
  readonly seen: SeenValues;
  /** What the server said about the filter. */
  readonly refused: FilterProblem | undefined;
  /** The server has not said yet what it makes of `value`. */
  readonly isWaiting: boolean;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** The filter as text, with completion and the fault under it. */
export function QueryBar(props: QueryBarProps) {
  const [draft, setDraft] = useState(props.value);
  const [settled, setSettled] = useState(props.value);
  /** What this bar has asked for and the address does not say yet, oldest first. */
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [sent, setSent] = useState<string>();
  if (settled !== props.value) {
    setSettled(props.value);
    const at = asked.indexOf(props.value);
    setAsked(asked.slice(at + 1, at === -1 ? 0 : undefined));
    // The address changed under the bar (facet, back button): the text follows. An answer to the bar itself comes
    // after more may have been typed.
    if (at === -1) setDraft(props.value);
  }
  const parsed = useMemo(() => parseFilter(draft, props.keys), [draft, props.keys]);
  // A guess about what was written here counts until the server has spoken; nothing blinks in between.
  const settledText = draft.trim() === props.value;
  const isOpen = !settledText || (props.isWaiting && sent === props.value);
  const guess = parsed.problems.find((one) => !one.soft || isOpen);
  const problem = settledText ? (props.refused ?? guess) : guess;
  const commit = (text: string) => {
    setDraft(text);
    if (parseFilter(text, props.keys).problems.some((one) => !one.soft)) return;
    const next = text.trim();
    setSent(next);
    if (next !== (asked.at(-1) ?? props.value)) setAsked([...asked, next]);
    props.onChange(next);
  };
  return (
    <div className="relative min-w-0 flex-1">
      <QueryField {...props} draft={draft} setDraft={setDraft} commit={commit} problem={problem} />
      {problem === undefined ? null : (
        <ProblemLine problem={problem} draft={draft} commit={commit} />
      )}
    </div>
  );
}

interface FieldProps extends QueryBarProps {
  readonly draft: string;
  readonly setDraft: (text: string) => void;
  readonly commit: (text: string) => void;
  readonly problem: FilterProblem | undefined;
}

function QueryField(props: FieldProps) {
  const { draft, problem, keys, commit, inputRef } = props;
  const [scroll, setScroll] = useState(0);
  const listId = useId();
  const offers = useOffers(props);
  return (
    <div
      className={toClass(
        'flex h-8 items-center rounded-md border bg-bg pl-2 focus-within:outline-2 focus-within:outline-offset-0 focus-within:outline-accent',
        problem === undefined ? 'border-field' : 'border-error',
      )}
    >
      <IconSearch size={14} className="shrink-0 text-faint" />
      <div className="relative h-full min-w-0 flex-1 overflow-hidden">
        <QueryInk text={draft} keys={keys} problem={problem} scroll={scroll} />
        <input
          ref={inputRef}
          value={draft}
          role="combobox"
          aria-label={words.queryBar.label}
          aria-expanded={offers.list.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={offers.at >= 0 ? `${listId}-${offers.at}` : undefined}
          aria-invalid={problem !== undefined}
          placeholder={words.queryBar.placeholder}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          className="ink-input absolute inset-0 h-full w-full bg-transparent px-2 font-mono text-xs outline-none"
          onChange={offers.type}
          onFocus={offers.open}
          onBlur={() => {
            offers.close();
            commit(draft);
          }}
          onSelect={offers.follow}
          onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
          onKeyDown={offers.press}
        />
      </div>
      {draft === '' ? null : (
        <Button tone="ghost" square label={words.queryBar.clear} onClick={() => commit('')}>
          <IconClose size={14} />
        </Button>
      )}
      <Offers id={listId} offers={offers.list} at={offers.at} onTake={offers.take} />
    </div>
  );
}

function Offers({
  id,
  offers,
  at,
  onTake,
}: {
  readonly id: string;
  readonly offers: readonly Suggestion[];
  readonly at: number;
  readonly onTake: (offer: Suggestion) => void;
}) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={words.queryBar.suggestions}
      hidden={offers.length === 0}
      className="absolute top-9 left-0 z-30 w-90 max-w-full rounded-lg bg-raised p-1 shadow-float"
    >
      {offers.map((offer, index) => (
        <div
          key={offer.label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={toClass(
            'flex h-7 items-center justify-between gap-4 rounded-md px-2 hover:bg-hover',
            index === at && 'bg-accent-soft outline-1 -outline-offset-1 outline-accent',
          )}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(offer);
          }}
        >
          <span className="truncate font-mono text-xs">{offer.label}</span>
          <span className="tnum shrink-0 text-xs text-muted">{offer.detail}</span>
        </div>
      ))}
    </div>
  );
}

function ProblemLine({
  problem,
  draft,
  commit,
}: {
  readonly problem: FilterProblem;
  readonly draft: string;
  readonly commit: (text: string) => void;
}) {
  return (
    <p role="alert" className="flex min-h-7 flex-wrap items-center gap-x-2 pt-1 text-xs text-error">
      <IconAlert size={14} />
      {problem.message}
      {problem.suggestions.length === 0 ? null : (
        <span className="text-muted">{words.queryBar.didYouMean}</span>
      )}
      {problem.suggestions.map((suggestion) => (
        <button
          key={suggestion}
          type="button"
          className="h-6 rounded-sm px-1 font-mono text-accent underline underline-offset-2"
          onClick={() =>
            commit(draft.slice(0, problem.start) + suggestion + draft.slice(problem.end))
          }
        >
          {suggestion}
        </button>
      ))}
    </p>
  );
}
