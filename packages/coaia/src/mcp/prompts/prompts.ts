/** Prompts that clients offer to people; names and arguments as the Python server has them. */
import type { PromptEntry } from '../surface.ts';
import type { Level } from '../toolset.ts';

const duo: PromptEntry = {
  name: 'mia_miette_duo',
  description: 'An architect and an explainer work on one task, one after the other.',
  arguments: [
    { name: 'task_context', description: 'What is to be done', required: true },
    { name: 'technical_details', description: 'What is known and fixed', required: true },
    { name: 'creative_goal', description: 'What the result should be like', required: true },
  ],
  text: `Work on this task in two voices, one after the other.

Task: {{task_context}}
Known and fixed: {{technical_details}}
The result should be: {{creative_goal}}

First the architect: name the parts, how they fit together, what can go wrong, and the smallest step that proves the idea.
Then the explainer: say the same for somebody who was not there, with one picture or example, and name what is still open.
End with one list of next steps on which both agree.`,
};

const pipeline: PromptEntry = {
  name: 'create_observability_pipeline',
  description: 'Record a piece of work as a trace with one observation per step.',
  arguments: [
    { name: 'trace_name', description: 'Name of the trace', required: true },
    { name: 'user_id', description: 'Who the work is for', required: true },
    { name: 'steps', description: 'The steps, in order', required: true },
  ],
  text: `Record this work as a trace.

1. Call coaia_fuse_trace_create with a new trace_id, the name "{{trace_name}}" and the user "{{user_id}}".
2. For each of these steps call coaia_fuse_add_observation as soon as it is done, with what went in and what came out, times, and parent_id where one step belongs to another: {{steps}}
3. Use GENERATION for calls of a model, TOOL for calls of a tool, EVENT for what has no duration, SPAN for the rest.
4. When everything is done, call coaia_fuse_trace_patch_output with the result.
5. Show the tree with coaia_fuse_trace_view and say what took longest and what failed.

Report only numbers that you measured.`,
};

const audio: PromptEntry = {
  name: 'analyze_audio_workflow',
  description: 'Transcribe a recording, summarise it, and keep both as a trace.',
  arguments: [
    { name: 'file_path', description: 'The recording', required: true },
    { name: 'summary_style', description: 'For example concise or detailed', required: false },
  ],
  text: `Work through the recording {{file_path}} and keep what you did as a trace.

1. Create a trace named "audio" with the path as input.
2. Transcribe the recording with the means you have, and add the transcript as the output of an observation "transcribe".
3. Summarise it in this style: {{summary_style}}. Add the summary as the output of an observation "summarise".
4. Set the summary as the output of the trace.

Say so when you cannot listen to the recording; do not invent a transcript.`,
};

/** Prompts of a level; MINIMAL has none. */
export function listPrompts(level: Level): readonly PromptEntry[] | undefined {
  if (level === 'MINIMAL') return undefined;
  return level === 'FULL' ? [duo, pipeline, audio] : [pipeline, audio];
}
