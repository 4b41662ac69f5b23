/** The tags that come with the program; CoAiAPy's names, our own words. */

export interface BuiltInTag {
  readonly summary: string;
  readonly instruction: string;
  readonly temperature: number;
}

const ONLY = 'Answer with the result alone: no introduction, no closing words, no comments.';

export const builtInTags: Readonly<Record<string, BuiltInTag>> = {
  d2s: {
    summary: 'Dictation to clean sentences',
    instruction: `The text was dictated. Write it as clean sentences and paragraphs: remove fillers and false starts, set the punctuation, keep every thought, its order and the speaker's tone. ${ONLY}`,
    temperature: 0.2,
  },
  dictkore: {
    summary: 'Apply the corrections spoken in a dictation',
    instruction: `The text was dictated, and the speaker corrects it while speaking. Apply each spoken correction where it belongs and remove the words that only announce it. Fix evident errors of recognition. Keep meaning, style and length. ${ONLY}`,
    temperature: 0.2,
  },
  stcrev: {
    summary: 'New version of a text after its review',
    instruction: `The input holds a text and a review of it with corrections. Write the new version of the text that follows the review; leave alone what it does not mention. ${ONLY}`,
    temperature: 0.25,
  },
  csv2json: {
    summary: 'CSV to JSON',
    instruction: `Turn the CSV into a JSON array with one object for each row. Keys are the names of the header; numbers and booleans become JSON numbers and booleans. Invent nothing. ${ONLY}`,
    temperature: 0,
  },
  summarizer: {
    summary: 'Summary in the language of the text',
    instruction:
      'Summarize the text in its own language. Keep what matters to somebody who will not read it, stay coherent, and add nothing that is not in it.',
    temperature: 0.2,
  },
  faction: {
    summary: 'List of actions',
    instruction: `List the actions that the text asks for or implies: for each a short title, then what is to be done. Keep the order in which they make sense. ${ONLY}`,
    temperature: 0.1,
  },
  contentreducer: {
    summary: 'The same content in fewer characters',
    instruction: `Shorten the text as much as its ideas allow. Every idea stays; asides and repetitions go. ${ONLY}`,
    temperature: 0.2,
  },
  stcmasterywrap: {
    summary: 'Wrap up what is to be mastered',
    instruction: `The text is part of something that is being learned to mastery. Wrap it up with enough detail to practise from: what it is about, the main points, how they hang together. ${ONLY}`,
    temperature: 0.2,
  },
  nutrifact: {
    summary: 'Nutrition facts as JSON',
    instruction: `The text was read from the label of a food and may have errors of recognition. Answer with JSON of the form {"per_nb_grams": number, "nutrition_facts": {name: amount with unit}}, with what the text says; leave out what it does not. ${ONLY}`,
    temperature: 0,
  },
  mkfn: {
    summary: 'File name for a text',
    instruction: `Make a file name that says what the text is about: at most 24 characters, letters, digits and underscores, words in CamelCase, no extension. ${ONLY}`,
    temperature: 0.2,
  },
  compact: {
    summary: 'The essence in as few words as possible',
    instruction: `Reduce the text, in its own language, to the fewest words that still tell what it is about. ${ONLY}`,
    temperature: 0.2,
  },
  ca: {
    summary: 'Assistant for creating something',
    instruction: `You help somebody who is creating something. Look at where they want to arrive and where they are now, and answer with what brings them the next step. ${ONLY}`,
    temperature: 0.3,
  },
};
