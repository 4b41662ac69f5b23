import { toKeyCaps, useShortcutLayers } from '../lib/keyboard.ts';
import { updatePreferences, usePreferences } from '../lib/preferences.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Key } from '../ui/panels.tsx';
import { words } from './messages.ts';

/** Every key of the page that is open now, and the switch for single letters. */
export function CheatSheet({ onClose }: { readonly onClose: () => void }) {
  const layers = useShortcutLayers();
  const { singleKeys } = usePreferences();
  return (
    <Dialog open onClose={onClose} title={words.keys.title} wide>
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
        {layers.toReversed().map((layer) => (
          <section key={layer.name}>
            <h3 className="mb-1 text-xs font-medium text-muted">{layer.name}</h3>
            <ul>
              {layer.shortcuts.map((shortcut) => (
                <li
                  key={shortcut.label}
                  className="row-line flex min-h-7 items-center justify-between gap-3"
                >
                  {shortcut.label}
                  <span className="flex flex-wrap justify-end gap-1">
                    {shortcut.keys.map((keys) => (
                      <span
                        key={keys}
                        className="flex gap-0.5 not-first:before:mr-0.5 not-first:before:text-faint not-first:before:content-['/']"
                      >
                        {toKeyCaps(keys).map((cap, index) => (
                          <Key key={index}>{cap}</Key>
                        ))}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <label className="mt-5 flex items-start gap-2 border-t border-line pt-4">
        <input
          type="checkbox"
          className="check mt-0.5"
          checked={singleKeys}
          onChange={() => updatePreferences({ singleKeys: !singleKeys })}
        />
        <span>
          {words.keys.single}
          <span className="block text-xs text-muted">{words.keys.singleHint}</span>
        </span>
      </label>
    </Dialog>
  );
}
