/** Usage in the forms of the batch API: what each becomes, and what is refused. */
import { describe, expect, it } from 'vitest';
import { toTokenCounts, toUsageDetails } from './usage.ts';

const details = (body: Parameters<typeof toUsageDetails>[0]) => {
  const usage = toUsageDetails(body);
  if ('error' in usage) throw new Error(usage.error);
  return usage.usageDetails;
};

describe('toUsageDetails', () => {
  it('reads the generic form with unit and costs', () => {
    expect(
      toUsageDetails({
        usage: { input: 10, output: 5, unit: 'CHARACTERS', inputCost: 0.1, totalCost: 0.5 },
      }),
    ).toEqual({
      usageDetails: { input: 10, output: 5, total: 15 },
      unit: 'CHARACTERS',
      providedCost: { input: 0.1, total: 0.5 },
    });
  });

  it('reads the camelCase form as tokens and keeps a given total', () => {
    expect(
      toUsageDetails({ usage: { promptTokens: 7, completionTokens: 3, totalTokens: 12 } }),
    ).toEqual({
      usageDetails: { input: 7, output: 3, total: 12 },
      unit: 'TOKENS',
      providedCost: null,
    });
  });

  it('takes a map as it is, sums a missing total and drops nulls', () => {
    expect(
      details({ usageDetails: { input: 1, output: 2, audio_seconds: 4, images: null } }),
    ).toEqual({ input: 1, output: 2, audio_seconds: 4, total: 7 });
  });

  it('splits the details of an OpenAI chat usage object out of input and output', () => {
    expect(
      details({
        usageDetails: {
          prompt_tokens: 100,
          completion_tokens: 40,
          total_tokens: 140,
          prompt_tokens_details: { cached_tokens: 60, audio_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 30, audio_tokens: null },
        },
      }),
    ).toEqual({
      input: 40,
      output: 10,
      total: 140,
      input_cached_tokens: 60,
      input_audio_tokens: 0,
      output_reasoning_tokens: 30,
    });
  });

  it('reads an OpenAI responses usage object', () => {
    expect(
      details({
        usageDetails: {
          input_tokens: 9,
          input_tokens_details: { cached_tokens: 4 },
          output_tokens: 6,
          output_tokens_details: { reasoning_tokens: 1 },
          total_tokens: 15,
        },
      }),
    ).toEqual({
      input: 5,
      output: 5,
      total: 15,
      input_cached_tokens: 4,
      output_reasoning_tokens: 1,
    });
  });

  it('ignores what vendors add to their usage objects beside counts', () => {
    expect(
      details({
        usageDetails: {
          input_tokens: 3,
          output_tokens: 2,
          cache_read_input_tokens: 50,
          service_tier: 'standard',
          server_tool_use: { web_search_requests: 1 },
        },
      }),
    ).toEqual({ input: 3, output: 2, cache_read_input_tokens: 50, total: 55 });
  });

  it('lets usageDetails win over usage and knows nothing when both are absent', () => {
    expect(details({ usage: { input: 1 }, usageDetails: { input: 2 } })).toEqual({
      input: 2,
      total: 2,
    });
    expect(details({})).toBeNull();
    expect(details({ usage: null, usageDetails: {} })).toBeNull();
  });

  it.each([
    [{ usageDetails: { input: -1 } }, 'usageDetails.input'],
    [{ usageDetails: { input: 1.5 } }, 'usageDetails.input'],
    [{ usageDetails: { input: '3' } }, 'usageDetails.input'],
    [{ usageDetails: [1] }, 'usageDetails'],
    [{ usage: { output: -2 } }, 'usage.output'],
    [{ usage: { inputCost: -0.1 } }, 'usage.inputCost'],
    [{ usage: { unit: 3 } }, 'usage.unit'],
    [
      { usageDetails: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: -1 } } },
      'usageDetails.prompt_tokens_details.cached_tokens',
    ],
  ])('refuses %j and names the place', (body, place) => {
    const usage = toUsageDetails(body);
    expect('error' in usage ? usage.error : 'accepted').toContain(`${place}:`);
  });
});

describe('toTokenCounts', () => {
  it('sums the keys that contain the word', () => {
    expect(
      toTokenCounts({
        input: 5,
        cache_read_input_tokens: 7,
        output: 1,
        output_audio: 2,
        total: 99,
      }),
    ).toEqual({ input: 12, output: 3, total: 99 });
    expect(toTokenCounts({ images: 4 })).toEqual({ input: 0, output: 0, total: 4 });
    expect(toTokenCounts(null)).toBeNull();
  });
});
