/** Tables of score configs, with CoAiAPy's columns; ids are never cut. */
import type { Column } from '#surface';
import type { ScoreConfig, ScoreConfigInput } from '@coaia/client';
import type { Preset } from './presets.ts';
import { renderRange } from './requirement.ts';

export const CONFIG_COLUMNS: readonly Column<ScoreConfig>[] = [
  { header: 'ID', value: ({ id }) => id, minWidth: 8 },
  {
    header: 'Name',
    value: ({ name, isArchived }) => (isArchived ? `${name} (archived)` : name),
    minWidth: 15,
  },
  { header: 'Data Type', value: ({ dataType }) => dataType, minWidth: 10 },
  {
    header: 'Description',
    value: ({ description }) => cut(description ?? '', 40),
    minWidth: 20,
    drop: 2,
  },
  {
    header: 'Created',
    value: ({ createdAt }) => (createdAt ?? 'N/A').slice(0, 16),
    minWidth: 16,
    drop: 1,
  },
];

export const PRESET_COLUMNS: readonly Column<Preset>[] = toInputColumns(50);

/** What `import --preview` shows. */
export const INPUT_COLUMNS: readonly Column<ScoreConfigInput>[] = toInputColumns(40);

function toInputColumns(length: number): readonly Column<ScoreConfigInput>[] {
  return [
    { header: 'Name', value: ({ name }) => name },
    { header: 'Type', value: ({ dataType }) => dataType },
    {
      header: 'Categories/Range',
      value: (config) => renderRange({ ...config, minValue: config.minValue ?? null }),
      minWidth: 20,
    },
    { header: 'Description', value: ({ description }) => cut(description ?? '', length), drop: 1 },
  ];
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}
