// oxlint-disable no-script-url -- the test feeds such addresses in
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMarkdown, toSafeHref } from './markdown.ts';

test('paragraphs, bold, code, lists, fences, quotes', () => {
  expect(
    parseMarkdown(
      'Hello **you** and `me`\nnext\n\n- one\n- two\n\n1. first\n\n```js\nlet a;\n```\n> said',
    ),
  ).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: 'Hello ' },
        { kind: 'strong', text: 'you' },
        { kind: 'text', text: ' and ' },
        { kind: 'code', text: 'me' },
        { kind: 'text', text: '\nnext' },
      ],
    },
    {
      kind: 'list',
      ordered: false,
      items: [[{ kind: 'text', text: 'one' }], [{ kind: 'text', text: 'two' }]],
    },
    { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'first' }]] },
    { kind: 'code', language: 'js', text: 'let a;' },
    { kind: 'quote', inlines: [{ kind: 'text', text: 'said' }] },
  ]);
});

test('a fence ends only at a line of its own marks, at least as many', () => {
  expect(parseMarkdown('```js\nlet a;\n```not yet\n~~~\n````  \nafter')).toEqual([
    { kind: 'code', language: 'js', text: 'let a;\n```not yet\n~~~' },
    { kind: 'paragraph', inlines: [{ kind: 'text', text: 'after' }] },
  ]);
});

test('HTML stays text', () => {
  expect(parseMarkdown('<img src=x onerror=alert(1)>')).toEqual([
    { kind: 'paragraph', inlines: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
  ]);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//evil.example',
  'java\tscript:alert(1)',
  '',
])('%j is no address to follow', (href) => {
  expect(toSafeHref(href)).toBeUndefined();
});

test('links keep http, https and mailto; an image becomes a link', () => {
  expect(
    parseMarkdown(
      '[a](https://example.org/x) [b](javascript:alert(1)) ![c](http://example.org/i.png) https://example.org.',
    ),
  ).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'link', text: 'a', href: 'https://example.org/x' },
        { kind: 'text', text: ' [b](javascript:alert(1)) ' },
        { kind: 'link', text: 'c', href: 'http://example.org/i.png' },
        { kind: 'text', text: ' ' },
        { kind: 'link', text: 'https://example.org/', href: 'https://example.org/' },
        { kind: 'text', text: '.' },
      ],
    },
  ]);
});

function toLetters(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => toLetters(one)).join('');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, one]) => (['text', 'language'].includes(key) ? String(one) : toLetters(one)))
    .join('');
}

test('no letter is lost or doubled, whatever the marks around it', () => {
  const marks = [
    'a',
    '*',
    '**',
    '__',
    '`',
    '```',
    '\n',
    '[',
    '](',
    ')',
    '- ',
    '> ',
    '1. ',
    '# ',
    ' ',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...marks), { maxLength: 30 }), (parts) => {
      const source = parts.join('');
      const found = toLetters(parseMarkdown(source)).replaceAll(/[^a]/g, '');
      expect(found).toBe(source.replaceAll(/[^a]/g, ''));
    }),
  );
});
