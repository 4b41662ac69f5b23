import { RunsGrid } from './runs-grid.tsx';
import { RunsList } from './runs-tab.tsx';

/** The runs of one pipeline: the last as a grid of steps, all as a list. */
export function PipelineRuns({
  project,
  name,
}: {
  readonly project: string;
  readonly name: string;
}) {
  return (
    <>
      <RunsGrid project={project} name={name} />
      <RunsList project={project} filter={{ name }} own />
    </>
  );
}
