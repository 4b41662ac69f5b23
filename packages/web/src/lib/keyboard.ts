import { useLayoutEffect, useRef } from 'react';
import { createStore, useStore } from './external-store.ts';
import { readPreferences } from './preferences.ts';

/** One key, or a sequence such as `g t`, with what it does; `Mod+` is Ctrl, or Cmd on a Mac. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Runs only where this holds; the event goes on to the next layer otherwise. */
  readonly when?: (event: KeyboardEvent) => boolean;
}

/** The shortcuts of one part of the page, as the cheat sheet lists them. */
export interface ShortcutLayer {
  readonly name: string;
  readonly shortcuts: readonly Shortcut[];
}

const layers = createStore<readonly ShortcutLayer[]>([]);
let prefix = '';
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

/** Keys of a part of the page while it is shown. Later parts are asked first. */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[], enabled = true): void {
  const latest = useRef(shortcuts);
  // Before the page is drawn: what is seen is what the keys act on, however fast they come.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useLayoutEffect(() => {
    if (!enabled) return;
    const layer: ShortcutLayer = {
      name,
      get shortcuts() {
        return latest.current;
      },
    };
    layers.write([...layers.read(), layer]);
    return () => layers.write(layers.read().filter((other) => other !== layer));
  }, [name, enabled]);
}

/** Every layer that is listening now, the innermost last. */
export function useShortcutLayers(): readonly ShortcutLayer[] {
  return useStore(layers);
}

/** Starts listening for the whole page. Call once. */
export function openKeyboard(): void {
  window.addEventListener('keydown', handleKey);
}

const ownKeys = '[role="dialog"],[role="menu"],[role="listbox"],[role="tooltip"],[data-own-keys]';

/** True while the focus is where letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
  );
}

/** True when the element with the focus uses Enter and Space itself. */
export function isActivated(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('button,a,summary,input,[role="tab"]') !== null
  );
}

function toStroke(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'Mod+' : '';
  const alt = event.altKey ? 'Alt+' : '';
  const key = event.key === ' ' ? 'Space' : event.key;
  return `${mod}${alt}${mod !== '' && key.length === 1 ? key.toLowerCase() : key}`;
}

function isAllowed(event: KeyboardEvent, stroke: string): boolean {
  if (stroke.startsWith('Mod+')) return true;
  const target = event.target;
  if (isTyping(target)) return false;
  if (target instanceof Element && target.closest(ownKeys) !== null) return false;
  if (document.querySelector('[role="dialog"],[role="menu"]') !== null) return false;
  return stroke.length > 1 || readPreferences().singleKeys;
}

function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const stroke = toStroke(event);
  if (['Shift', 'Control', 'Meta', 'Alt'].includes(event.key) || !isAllowed(event, stroke)) return;
  const whole = prefix === '' ? stroke : `${prefix} ${stroke}`;
  setPrefix('');
  if (runStroke(event, whole)) return;
  if (hasPrefix(stroke)) setPrefix(stroke);
}

function setPrefix(next: string): void {
  clearTimeout(prefixTimer);
  prefix = next;
  if (next !== '') prefixTimer = setTimeout(() => setPrefix(''), 1200);
}

function runStroke(event: KeyboardEvent, stroke: string): boolean {
  for (const layer of layers.read().toReversed()) {
    for (const shortcut of layer.shortcuts) {
      if (!shortcut.keys.includes(stroke) || shortcut.when?.(event) === false) continue;
      event.preventDefault();
      shortcut.run(event);
      return true;
    }
  }
  return false;
}

function hasPrefix(stroke: string): boolean {
  const start = `${stroke} `;
  return layers
    .read()
    .some((layer) =>
      layer.shortcuts.some((one) => one.keys.some((keys) => keys.startsWith(start))),
    );
}

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);

const printed: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** Key caps to draw for one stroke or sequence. */
export function toKeyCaps(keys: string): readonly string[] {
  return keys.split(' ').flatMap((stroke) =>
    stroke.split(/(?<=.)\+(?=.)/).flatMap((part) => {
      if (part === 'Mod') return [isMac ? '⌘' : 'Ctrl'];
      if (/^[A-Z]$/.test(part)) return ['Shift', part];
      return [printed[part] ?? part];
    }),
  );
}
