import { existsSync } from 'node:fs';

import { isCoaiaError } from '#base';
import { describe, expect, it } from 'vitest';

import { render } from './render.ts';

/** A template from elsewhere wants: code, files, secrets, or all of the machine. Each line is one attack. */
const CODE = [
  '{{ "".constructor.constructor("return process")().exit(1) }}',
  "{{ x.constructor.constructor('globalThis.pwned = 1')() }}",
  '{{ [].constructor }}{{ [].constructor.prototype }}',
  '{{ x.__proto__ }}{{ x["__proto__"] }}{{ x.prototype }}',
  '{{ x.__proto__.polluted("yes") }}',
  '{% set x.__proto__ = {"polluted": 1} %}',
  '{% set ns = namespace() %}{% set ns.__proto__ = {"polluted": 1} %}{{ ns.polluted }}',
  '{% set ns = namespace(**{"__proto__": {"polluted": 1}}) %}{{ ns.polluted }}',
  '{% do x.update({"__proto__": {"polluted": 1}}) %}{{ {}.polluted }}',
  '{{ x.__defineGetter__("a", x) }}{{ x.hasOwnProperty("a") }}{{ x.toString() }}{{ x.valueOf() }}',
  '{{ "a".constructor }}{{ 1.0.constructor }}{{ true.constructor }}{{ none.constructor }}',
  '{{ "a".__class__.__mro__[1].__subclasses__() }}',
  '{{ self.__init__.__globals__.__builtins__.__import__("os").popen("id").read() }}',
  '{{ cycler.__init__.__globals__.os.popen("id").read() }}',
  '{{ lipsum.__globals__["os"].popen("id").read() }}',
  '{{ range.constructor("return globalThis")() }}',
  '{{ uuid4.constructor("return globalThis")() }}{{ uuid4.call.constructor }}',
  '{{ x|attr("__proto__") }}{{ x|attr("constructor") }}{{ uuid4|attr("constructor") }}',
  '{{ [x]|map(attribute="constructor")|list }}{{ [x]|map(attribute="__proto__.constructor")|list }}',
  '{{ [x]|map("constructor")|list }}',
  '{{ [x]|map("__proto__")|list }}',
  '{{ [x]|selectattr("a", "constructor")|list }}',
  '{{ [x]|groupby("__proto__") }}{{ [x]|sort(attribute="constructor") }}',
  '{{ "{0.constructor}".format(x) }}',
  '{{ "{0[__proto__]}".format(x) }}',
  '{{ "{x.__class__.__init__.__globals__}".format(x=x) }}',
  '{{ "%(constructor)s" % x }}',
  '{{ "%(__proto__)s"|format(a=1) }}',
  '{{ loop }}{% for i in [1] %}{{ loop.constructor }}{{ loop.call }}{{ loop.fields }}{% endfor %}',
  '{% macro m() %}{{ m.constructor }}{{ m.call }}{{ m.fields }}{{ caller.constructor }}{% endmacro %}{{ m() }}',
  '{{ globalThis }}{{ process }}{{ require }}{{ module }}{{ Function }}{{ eval }}{{ window }}{{ import }}',
  '{{ process.env.COAIA_SECRET_KEY }}',
  '{{ require("child_process").execSync("touch /tmp/coaia-pwned") }}',
  '{{ hidden() }}{{ hidden.constructor("return 1")() }}',
  '{{ x is constructor }}',
  '{{ x|constructor }}{{ x|toString }}',
];

const FILES = [
  '{% include "/etc/passwd" %}',
  '{% include "../../../../etc/passwd" ignore missing %}',
  '{% extends "/etc/passwd" %}',
  '{% import "/etc/passwd" as f %}{{ f }}',
  '{% from "../secrets.env" import key %}',
  '{% include ["/etc/shadow", "file:///etc/passwd"] %}',
  '{{ open("/etc/passwd").read() }}{{ "/etc/passwd"|include }}',
];

const SECRETS = [
  '{{ env("HOME") }}',
  '{{ env("PATH") }}',
  '{{ env("COAIA_SECRET_KEY") }}',
  '{{ env("COAIA_LLM_API_KEY") }}',
  '{{ env("COAIA_DATABASE_DSN") }}',
  '{{ env("COAIA_ACCESS_TOKEN") }}',
  '{{ env("COAIA_STASH") }}',
  '{{ env("__proto__") }}{{ env("constructor") }}',
  '{{ env.constructor }}{{ env.env }}{{ ["COAIA_SECRET_KEY"]|map("env")|list }}',
];

const GREED = [
  '{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}',
  '{{ range(1000000000)|list }}',
  '{{ range(0, 1000000000000, 1)|sum }}',
  '{{ "x" * 1000000000 }}',
  '{{ [0] * 1000000000 }}',
  '{% set ns = namespace(t="x") %}{% for i in range(100) %}{% set ns.t = ns.t + ns.t %}{% endfor %}{{ ns.t }}',
  '{% set ns = namespace(t="x") %}{% for i in range(100) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}{{ ns.t }}',
  '{% set ns = namespace(t=[1]) %}{% for i in range(100) %}{% set ns.t = ns.t + ns.t %}{% endfor %}{{ ns.t|length }}',
  '{% set ns = namespace(t=[1]) %}{% for i in range(60) %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t }}',
  '{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}',
  '{% set ns = namespace(t=[1]) %}{% for i in range(60) %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t|tojson }}',
  '{% set ns = namespace(t=[1]) %}{% for i in range(60) %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ [ns.t, ns.t]|sort }}',
  '{% set l = [] %}{% do l.append(l) %}{{ l }}{{ l == [l] }}',
  '{% set l = [1] %}{% for x in l %}{% do l.append(x) %}{% endfor %}{{ l|length }}',
  '{% set l = [1] %}{% for i in range(100) %}{% do l.extend(l) %}{% endfor %}',
  '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}',
  '{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}',
  '{% for x in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}',
  '{{ "x"|center(1000000000) }}',
  '{{ "x".center(1000000000) }}{{ "x".ljust(1000000000) }}{{ "x".zfill(1000000000) }}',
  '{{ "%1000000000d" % 1 }}',
  '{{ "%.1000000000f"|format(1.5) }}',
  '{{ "{:1000000000}".format(1) }}',
  '{{ "x"|indent(1000000000) }}{{ ("x\n" * 100000)|indent(9999) }}',
  '{{ ("a" * 100000)|replace("a", "b" * 100000) }}',
  '{{ ("a" * 1000000)|replace("", "bbbbbbbb") }}',
  '{{ (["a" * 100000] * 100000)|join }}',
  '{{ "x".join("a" * 1000000) * 100 }}',
  '{{ [1]|batch(1000000000, "x")|list }}{{ [1]|slice(1000000000)|list }}',
  '{{ 9 ** 9 ** 9 ** 9 }}{{ 2 ** 100000000 }}',
  '{{ "9" * 400000|int }}{{ ("9" * 400000)|int }}',
  '{{ ("a" * 1000000 + " ")|wordwrap(1) }}',
  '{{ ("<" * 1000000)|striptags }}{{ ("<!--" * 200000)|striptags }}',
  '{{ ("-" * 500000)|title }}{{ (" " * 500000 ~ "x")|trim }}{{ (" " * 1000000)|wordcount }}',
  '{% set big = "a" * 1000000 %}{% for i in range(100000) %}{{ big[i] }}{{ big|length }}{{ big|upper|length }}{% endfor %}',
  '{% set big = "a" * 1000000 %}{% for i in range(100000) %}{% if (big ~ i) in big %}{% endif %}{% endfor %}',
  '{% set big = ("a" * 1000) * 1000 %}{% for i in range(100000) %}{{ big.split("b")|length }}{{ big|tojson|length }}{% endfor %}',
  '{% set big = range(100000)|list %}{% for i in big %}{{ 1 if -1 in big }}{% endfor %}',
  '{% set big = range(100000)|list %}{% for i in big %}{{ big|sort|length }}{{ big|unique|list|length }}{% endfor %}',
  '{% set d = {} %}{% for i in range(100000) %}{% for j in range(1000) %}{% do d.update({i ~ "-" ~ j: "x" * 1000}) %}{% endfor %}{% endfor %}',
  `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`,
  `{{ ${'['.repeat(50_000)}${']'.repeat(50_000)} }}`,
  `{{ ${'-'.repeat(50_000)}1 }}`,
  `{{ ${'not '.repeat(50_000)}1 }}`,
  `{{ 1${' + 1'.repeat(100_000)} }}`,
  `{{ x${'.a'.repeat(100_000)} }}`,
  `{{ x${'|upper'.repeat(100_000)} }}`,
  `{{ 1${' if 1 else 1'.repeat(50_000)} }}`,
  `${'{% if 1 %}'.repeat(50_000)}${'{% endif %}'.repeat(50_000)}`,
  `${'{% for x in [1, 2] %}'.repeat(90)}x${'{% endfor %}'.repeat(90)}`,
  `{{ "${'\\\\'.repeat(200_000)}" }}`,
  '{{'.repeat(200_000),
  '{%- '.repeat(200_000),
  '{#'.repeat(200_000),
  `{{ '${'a'.repeat(900_000)} }}`,
  `{{ ${' '.repeat(900_000)} }}`,
  `{{ ${'a '.repeat(400_000)} }}`,
  `{% raw %}${'{% endraw '.repeat(90_000)}`,
  'x'.repeat(2_000_000),
];

const hidden = () => {
  throw new Error('a function of the host ran');
};

/** What a machine holds that no template may show. */
const env = {
  HOME: '/root/leak',
  PATH: '/leak/bin',
  COAIA_SECRET_KEY: 'leak-key',
  COAIA_LLM_API_KEY: 'leak-llm',
  COAIA_DATABASE_DSN: 'leak-dsn',
  COAIA_ACCESS_TOKEN: 'leak-token',
  COAIA_STASH: 'redis://user:leak@host/0',
};

function attack(template: string) {
  // Of this thread: other programs may want the machine too.
  const before = process.threadCpuUsage();
  let text = '';
  let code: string | undefined;
  try {
    text = render(template, { x: { a: 1 }, hidden }, { env });
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    code = error.code;
    text = error.message;
  }
  const { user, system } = process.threadCpuUsage(before);
  return { text, code, milliseconds: (user + system) / 1000 };
}

function expectNothing({ text, milliseconds }: ReturnType<typeof attack>) {
  expect(milliseconds).toBeLessThan(3000);
  expect(text.length).toBeLessThan(5_000_000);
  expect(text).not.toMatch(/leak|root:|uid=|\[native code\]|\[object |function \w*\(|=>/);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect((globalThis as Record<string, unknown>)['pwned']).toBeUndefined();
  expect(existsSync('/tmp/coaia-pwned')).toBe(false);
}

describe('templates from elsewhere', () => {
  it('are attacked in at least 60 ways', () => {
    expect(CODE.length + FILES.length + SECRETS.length + GREED.length).toBeGreaterThanOrEqual(60);
  });

  it.each(CODE)('run no code: %s', (template) => {
    expectNothing(attack(template));
  });

  it.each(FILES)('read no file: %s', (template) => {
    const result = attack(template);
    expectNothing(result);
    expect(result.code).toMatch(/^COAIA-097/);
  });

  it.each(SECRETS)('read no secret: %s', (template) => {
    expectNothing(attack(template));
  });

  it.each(GREED.map((template) => [template.slice(0, 80), template] as const))(
    'take no more than they may: %s',
    (_title, template) => {
      expectNothing(attack(template));
    },
  );
});
