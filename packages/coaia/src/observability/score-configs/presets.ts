/** The 22 ready-made score configs. Names and labels are part of the CoAiAPy contract: people type them as values. */
import type { ScoreConfigInput } from '@coaia/client';

export const PRESET_CATEGORIES = [
  'narrative',
  'ai',
  'general',
  'technical',
  'specialized',
  'numeric',
  'boolean',
] as const;

export type PresetCategory = (typeof PRESET_CATEGORIES)[number];

export interface Preset extends ScoreConfigInput {
  readonly category: PresetCategory;
  readonly description: string;
}

/** Five labels, the worst first, with the values 1 to 5. */
function rate(
  category: PresetCategory,
  name: string,
  description: string,
  labels: readonly string[],
): Preset {
  const categories = labels.map((label, index) => ({ label, value: index + 1 }));
  return { category, name, dataType: 'CATEGORICAL', description, categories };
}

function measure(name: string, description: string, maxValue: number): Preset {
  return { category: 'numeric', name, dataType: 'NUMERIC', description, minValue: 0, maxValue };
}

// oxfmt-ignore
export const PRESETS: readonly Preset[] = [
  rate('narrative', 'Narrative Coherence', 'How well the parts of a story hang together', ['Incoherent', 'Loosely Connected', 'Coherent', 'Well-Structured', 'Masterfully Woven']),
  rate('narrative', 'Character Development', 'How much the characters grow', ['Flat/Static', 'Basic Development', 'Moderate Growth', 'Rich Development', 'Complex Evolution']),
  rate('narrative', 'Emotional Resonance', 'How strongly the text moves its reader', ['No Emotional Impact', 'Mild Resonance', 'Moderate Impact', 'Strong Emotional Connection', 'Deeply Moving']),
  rate('narrative', 'Originality', 'How new the ideas are', ['Unoriginal', 'Low Originality', 'Moderate Originality', 'High Originality', 'Highly Original']),
  rate('narrative', 'Thematic Depth', 'How far the themes are worked out', ['Surface Level', 'Basic Themes', 'Developed Themes', 'Rich Thematic Content', 'Profound Depth']),
  rate('ai', 'Helpfulness', 'How much the answer helps the one who asked', ['Not Helpful', 'Slightly Helpful', 'Moderately Helpful', 'Very Helpful', 'Extremely Helpful']),
  rate('ai', 'Accuracy', 'How much of the answer is right', ['Inaccurate', 'Mostly Inaccurate', 'Partially Accurate', 'Mostly Accurate', 'Completely Accurate']),
  rate('ai', 'Safety', 'How safe the answer is to give', ['Unsafe/Harmful', 'Potentially Unsafe', 'Neutral/Safe', 'Very Safe', 'Exemplarily Safe']),
  rate('ai', 'Relevance', 'How much the answer is about the question', ['Irrelevant', 'Slightly Relevant', 'Moderately Relevant', 'Highly Relevant', 'Perfectly Relevant']),
  rate('ai', 'Completeness', 'How much of the question is answered', ['Incomplete', 'Partially Complete', 'Mostly Complete', 'Very Complete', 'Comprehensive']),
  rate('general', 'Clarity', 'How easily the text is understood', ['Unclear', 'Moderately Clear', 'Clear', 'Very Clear', 'Excellent Clarity']),
  rate('general', 'Engagement', 'How well the text holds attention', ['Disengaging', 'Slightly Engaging', 'Engaging', 'Very Engaging', 'Highly Engaging']),
  rate('general', 'Tone Appropriateness', 'How well the tone fits the occasion', ['Inappropriate Tone', 'Somewhat Inappropriate', 'Acceptable Tone', 'Well-Matched Tone', 'Perfect Tone']),
  rate('general', 'Conciseness', 'How few words say it', ['Verbose/Wordy', 'Somewhat Verbose', 'Balanced', 'Concise', 'Perfectly Concise']),
  rate('technical', 'Structure & Organization', 'How well the text is ordered', ['Disorganized', 'Basic Structure', 'Well-Organized', 'Excellent Structure', 'Masterful Organization']),
  rate('technical', 'Language Quality', 'Grammar, spelling and choice of words', ['Poor Language', 'Fair Language', 'Good Language', 'Excellent Language', 'Exceptional Language']),
  rate('specialized', 'Critical Thinking', 'How well claims are examined', ['No Critical Analysis', 'Basic Analysis', 'Sound Reasoning', 'Strong Critical Thinking', 'Exceptional Analysis']),
  rate('specialized', 'Evidence Support', 'How well claims are backed', ['No Evidence', 'Weak Evidence', 'Adequate Evidence', 'Strong Evidence', 'Compelling Evidence']),
  rate('specialized', 'Innovation', 'How inventive the approach is', ['Conventional', 'Slightly Creative', 'Moderately Innovative', 'Highly Innovative', 'Groundbreaking']),
  measure('Overall Quality', 'Everything together, from 0 to 10', 10),
  measure('Performance Score', 'Performance in percent, from 0 to 100', 100),
  { category: 'boolean', name: 'Meets Requirements', dataType: 'BOOLEAN', description: 'Whether every requirement is met' },
];

/** The preset with this name, without regard to case. */
export function findPreset(name: string): Preset | undefined {
  const wanted = name.trim().toLowerCase();
  return PRESETS.find((preset) => preset.name.toLowerCase() === wanted);
}
