import { describe, expect, it } from 'vitest';
import { callLanguages, toClientCall } from './client-call.ts';

const row = { age: 44, plan: "it's", 'a b': null, on: true, xs: [1, 2] };
const open = { address: 'http://127.0.0.1:1/v1/models/m/predict', isLocked: false };

describe('calls that work when pasted', () => {
  it('quotes for the shell', () => {
    const text = toClientCall('curl', open, row);
    expect(text).toContain(
      String.raw`-d '{"age":44,"plan":"it'\''s","a b":null,"on":true,"xs":[1,2]}'`,
    );
  });

  it('shows where the key goes, where one is asked for', () => {
    for (const language of callLanguages) {
      expect(toClientCall(language, open, row)).not.toMatch(/authorization/i);
      const locked = toClientCall(language, { ...open, isLocked: true }, row);
      expect(locked).toMatch(/authorization.*Bearer YOUR-SECRET-KEY/i);
    }
    expect(toClientCall('R', { ...open, isLocked: true }, { a: 1 })).toBe(
      [
        'row <- list(a = 1)',
        'answer <- httr::POST(',
        `  "${open.address}",`,
        '  body = row, encode = "json",',
        '  httr::add_headers(Authorization = "Bearer YOUR-SECRET-KEY")',
        ')',
        'httr::content(answer)$predictions',
      ].join('\n'),
    );
  });

  it('writes values as Python and R do', () => {
    expect(toClientCall('Python', open, row)).toContain(
      `row = {"age": 44, "plan": "it's", "a b": None, "on": True, "xs": [1, 2]}`,
    );
    expect(toClientCall('R', open, row)).toContain(
      'row <- list(age = 44, plan = "it\'s", `a b` = NA, on = TRUE, xs = list(1, 2))',
    );
  });
});
