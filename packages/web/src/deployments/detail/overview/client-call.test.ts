import { describe, expect, it } from 'vitest';
import { toClientCall } from './client-call.ts';

const row = { age: 44, plan: "it's", 'a b': null, on: true, xs: [1, 2] };

describe('calls that work when pasted', () => {
  it('quotes for the shell', () => {
    const text = toClientCall('curl', 'http://127.0.0.1:1/v1/models/m/predict', row);
    expect(text).toContain(
      String.raw`-d '{"age":44,"plan":"it'\''s","a b":null,"on":true,"xs":[1,2]}'`,
    );
  });

  it('writes values as Python and R do', () => {
    expect(toClientCall('Python', 'http://127.0.0.1:1', row)).toContain(
      `row = {"age": 44, "plan": "it's", "a b": None, "on": True, "xs": [1, 2]}`,
    );
    expect(toClientCall('R', 'http://127.0.0.1:1', row)).toContain(
      'row <- list(age = 44, plan = "it\'s", `a b` = NA, on = TRUE, xs = list(1, 2))',
    );
  });
});
