import { describe, expect, it } from 'vitest';
import { createColumn, createDraft, createMessage, findFault, findVariables } from './draft.ts';
import { toCallColumn, toPromptColumn } from './from-stored.ts';
import { parsePlaygroundSearch, toSource } from './playground-search.ts';
import { toPromptBody } from './to-prompt.ts';
import { toRun } from './to-run.ts';

const column = createColumn({
  provider: 'mine',
  model: 'm-1',
  messages: [
    createMessage('system', ' '),
    createMessage('placeholder', 'history'),
    createMessage('user', 'Hello {{ name }}, {{name}} and {{other}}'),
  ],
  parameters: { temperature: '0.5', topP: '', maxTokens: '20', seed: '', stop: 'a\nb' },
});

describe('a column', () => {
  it('names its variables once', () =>
    expect(findVariables([column, column])).toEqual(['name', 'other']));

  it('becomes a call with what it needs and nothing else', () => {
    const draft = {
      ...createDraft('', column),
      variables: { name: 'Ada', unused: 'x' },
      placeholders: { history: '[{"role": "assistant", "content": "hi"}]' },
    };
    expect(toRun(draft, column)).toEqual({
      ok: true,
      run: {
        provider: 'mine',
        model: 'm-1',
        messages: [
          { type: 'placeholder', name: 'history' },
          { role: 'user', content: 'Hello {{ name }}, {{name}} and {{other}}' },
        ],
        variables: { name: 'Ada' },
        placeholders: { history: [{ role: 'assistant', content: 'hi' }] },
        parameters: { temperature: 0.5, maxTokens: 20, stop: ['a', 'b'] },
      },
    });
  });

  it.each([
    [{ model: ' ' }, /model/],
    [{ messages: [createMessage('user')] }, /no message/],
    [{ tools: '{' }, /Tools: Not JSON/],
    [{ tools: '{}' }, /list/],
    [{ schema: '[]' }, /object/],
    [{ parameters: { ...column.parameters, temperature: '3' } }, /Temperature/],
  ])('says why it cannot run: %j', (change, fault) => {
    const changed = { ...column, ...change };
    expect(toRun(createDraft('', changed), changed)).toEqual({
      ok: false,
      fault: expect.stringMatching(fault),
    });
  });

  it('judges numbers while they are typed', () => {
    expect([findFault('temperature', ''), findFault('temperature', '1.5')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(findFault('maxTokens', '1.5')).toBe('A whole number');
    expect(findFault('topP', '2')).toBe('From 0 to 1');
  });

  it('is saved and opened again as it was', () => {
    const facts = { name: 'a', labels: ['x'], commitMessage: '', hasSettings: true };
    const tooled = { ...column, tools: '[{"type": "function"}]', schema: '{"type": "object"}' };
    const body = toPromptBody(tooled, facts);
    expect(body).toMatchObject({ name: 'a', type: 'chat', labels: ['x'] });
    const opened = toPromptColumn({ ...body, version: 3, type: 'chat' } as never);
    expect(opened).toMatchObject({
      prompt: { name: 'a', version: 3 },
      model: 'm-1',
      provider: 'mine',
      parameters: column.parameters,
      messages: [
        { role: 'placeholder', text: 'history' },
        { role: 'user', text: 'Hello {{ name }}, {{name}} and {{other}}' },
      ],
    });
    expect(JSON.parse(opened.schema ?? '')).toEqual({ type: 'object' });
    expect(JSON.parse(opened.tools ?? '')).toEqual([{ type: 'function' }]);
  });
});

describe('a recorded call', () => {
  it('opens with messages, tools, parameters and prompt', () => {
    const call = { type: 'function', id: 'c1', function: { name: 'f', arguments: '{"a":1}' } };
    const opened = toCallColumn({
      input: {
        messages: [
          { role: 'user', content: 'hi' },
          { role: 'assistant', content: null, tool_calls: [call] },
          { role: 'tool', tool_call_id: 'c1', content: '42' },
        ],
        tools: [{ type: 'function', function: { name: 'f' } }],
      },
      model: 'm-1',
      modelParameters: { temperature: 0, max_tokens: 9 },
      metadata: { provider: 'mine' },
      promptName: 'p',
      promptVersion: 2,
    } as never);
    expect(opened).toMatchObject({
      model: 'm-1',
      provider: 'mine',
      prompt: { name: 'p', version: 2 },
      parameters: { temperature: '0', maxTokens: '9' },
      messages: [
        { role: 'user', text: 'hi' },
        { role: 'assistant', text: '' },
        { role: 'tool', text: '42', callId: 'c1' },
      ],
    });
    expect(opened.tools).toContain('"f"');
    expect(opened.messages?.[1]?.calls).toContain('"c1"');
  });

  it('opens with what it has when its input is no chat', () =>
    expect(toCallColumn({ input: 'just text', model: null } as never)).toMatchObject({
      model: '',
      messages: [{ role: 'user', text: 'just text' }],
    }));
});

describe('the address', () => {
  it('names a version or a call', () => {
    expect(parsePlaygroundSearch({ prompt: 'a/b', version: 2, x: 'y' })).toEqual({
      prompt: 'a/b',
      version: '2',
    });
    expect(parsePlaygroundSearch({ version: '-1', trace: '' })).toEqual({});
    expect(toSource({ prompt: 'a' })).toBe('prompt a latest');
    expect(toSource({ trace: 't', observation: 'o' })).toBe('call t o');
    expect(toSource({})).toBe('');
  });
});
