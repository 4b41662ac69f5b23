import { toShellWord } from '../../lib/copy-as.ts';

/**
 * Two runs over one item each, by the command line and curl alone: traces with a score, and their links. Ids are
 * fixed, so pasting it twice changes nothing.
 */
export function toRunSnippet(baseUrl: string, dataset = 'capitals'): string {
  const link = (run: string) =>
    [
      `curl -s ${baseUrl}/api/public/dataset-run-items \\`,
      `  -u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY" -H 'content-type: application/json' \\`,
      `  -d '{"runName":"${run}","datasetItemId":"capital-fr","traceId":"capital-fr-${run}"}'`,
    ].join('\n');
  const answer = (run: string, output: string, value: number) => [
    `coaia fuse traces create capital-fr-${run} -i 'Capital of France?' -o ${toShellWord(output)}`,
    `coaia fuse scores create correct-${run} --trace-id capital-fr-${run} -n correct -v ${value}`,
    link(run),
  ];
  return [
    'eval "$(coaia keys --export)"',
    `coaia datasets create ${toShellWord(dataset)}`,
    `coaia datasets add ${toShellWord(dataset)} --id capital-fr -i 'Capital of France?' -e Paris`,
    ...answer('monday', 'Lyon', 0),
    ...answer('tuesday', 'Paris', 1),
  ].join('\n');
}
