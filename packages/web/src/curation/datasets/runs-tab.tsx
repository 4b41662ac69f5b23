import { RunsBody } from '../experiments/experiments-page.tsx';
import type { DatasetView } from './use-dataset.ts';

/** The runs over the dataset. */
export function RunsTab({ view }: { readonly view: DatasetView }) {
  return <RunsBody project={view.project} dataset={view.name} />;
}
