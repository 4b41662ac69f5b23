/** A preset named on the command line. */
import { findNearest } from '#base';
import { scoreFailures } from '../scores/errors.ts';
import { findPreset, PRESETS, type Preset } from './presets.ts';

/** Throws COAIA-1088 with the nearest names. */
export function requirePreset(name: string): Preset {
  const preset = findPreset(name);
  if (preset !== undefined) return preset;
  const names = PRESETS.map((one) => one.name);
  const near = findNearest(name, names);
  throw scoreFailures.create('COAIA-1088', `There is no preset "${name}".`, {
    hint:
      near.length === 0
        ? 'coaia fuse score-configs presets list'
        : `did you mean ${near.join(', ')}?`,
  });
}
