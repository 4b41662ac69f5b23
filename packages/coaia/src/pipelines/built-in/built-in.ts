/** The templates that come with the program, embedded so that no installation can lack them. */
import type { BuiltIn } from './parts.ts';

type Load = () => Promise<BuiltIn>;

const basic = () => import('./basic.ts');
const language = () => import('./language.ts');
const mobile = () => import('./mobile.ts');
const judges = () => import('./judges.ts');
const stories = () => import('./stories.ts');
const development = () => import('./story-development.ts');
const media = () => import('./media.ts');

const BUILT_IN: Readonly<Record<string, Load>> = {
  'simple-trace': async () => (await basic()).simpleTrace,
  'data-pipeline': async () => (await basic()).dataPipeline,
  'llm-chain': async () => (await language()).llmChain,
  'parallel-processing': async () => (await basic()).parallelProcessing,
  'error-handling': async () => (await basic()).errorHandling,
  'judge-evaluation': async () => (await judges()).judgeEvaluation,
  'judge-ensemble': async () => (await judges()).judgeEnsemble,
  'mobile-transcription': async () => (await mobile()).mobileTranscription,
  'ios-data-sync': async () => (await mobile()).iosDataSync,
  'gesture-pipeline': async () => (await mobile()).gesturePipeline,
  'quick-analysis': async () => (await mobile()).quickAnalysis,
  'story-quality-ensemble': async () => (await stories()).storyQualityEnsemble,
  'story-session-resume': async () => (await stories()).storySessionResume,
  'storytelling-development': async () => (await development()).storytellingDevelopment,
  'vision-analysis': async () => (await media()).visionAnalysis,
  'audio-transcription': async () => (await media()).audioTranscription,
  'document-processing': async () => (await media()).documentProcessing,
  'url-media-attach': async () => (await media()).urlMediaAttach,
};

/** Their names, in the order in which lists show them. */
export const builtInNames: readonly string[] = Object.keys(BUILT_IN);

/** The text of a built-in template as its file would have it; undefined for other names. */
export async function findBuiltIn(name: string): Promise<string | undefined> {
  const load = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  return load === undefined ? undefined : `${JSON.stringify(await load(), undefined, 2)}\n`;
}
