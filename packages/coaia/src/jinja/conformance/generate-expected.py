"""Renders every probe with Jinja2 itself and writes probes.json.

Run it with a Python that has jinja2 3.1.6 (Debian: package python3-jinja2):

    python3 packages/coaia/src/jinja/conformance/generate-expected.py
    npx oxfmt packages/coaia/src/jinja/conformance/probes.json

A probe is a template and its variables. Where Jinja2 refuses the template, `error` is true instead of a text.
"""

import json
import pathlib

import jinja2

PEOPLE = [
    {"name": "Ada", "age": 36, "city": "London", "tags": ["a", "b"]},
    {"name": "bob", "age": 5, "city": "Paris", "tags": []},
    {"name": "Cleo", "age": 36, "city": "London", "tags": ["c"]},
]
DATA = {
    "name": "Ada Lovelace",
    "lower": "hello world",
    "text": "It's a <b>test</b> & \"more\"",
    "empty": "",
    "zero": 0,
    "one": 1,
    "n": 7,
    "big": 123456789,
    "half": 0.5,
    "pi": 3.14159,
    "yes": True,
    "no": False,
    "nothing": None,
    "words": ["pear", "Apple", "fig", "apple"],
    "numbers": [3, 1, 2, 3],
    "nested": {"a": {"b": [10, {"c": "deep"}]}, "items": "own"},
    "people": PEOPLE,
    "pairs": [["x", 1], ["y", 2]],
    "table": {"b": 2, "a": 1, "C": 3},
    "lines": "one\ntwo\n\nthree",
    "long": "The quick brown fox jumps over the lazy dog near the river bank",
    "unicode": "Grüße \U0001f600 ☃",
    "true": "a variable named true",
    "tree": [{"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3, "kids": [{"v": 4, "kids": []}]}]}],
    "html": "<p>one  <!-- gone --> two</p>",
}

TEMPLATES = r'''
plain text
{{ name }}
{{ missing }}
[{{ nothing }}] [{{ yes }}] [{{ no }}]
{{ numbers }} {{ words }}
{{ table }}
{{ nested }}
{{ people[0] }}
{{ ["it's", 'say "x"', "both ' and \"", "\n", "\t\\"] }}
{{ unicode }} {{ [unicode] }}
{{ (1, 2) }} {{ (1,) }} {{ () }} {{ 1, 2 }}
{{ 1.0 }} {{ 1.5 }} {{ 1e20 }} {{ 1e-7 }} {{ 0.00001 }} {{ 123456789012345680.0 }}
{{ 1_000 }} {{ 0x1f }} {{ 0b11 }} {{ 0o17 }} {{ 1e3 }}
{{ 7 / 2 }} {{ 8 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }}
{{ 2 ** 10 }} {{ 2 ** -1 }} {{ 2 ** 0.5 }} {{ 2 ** 3 ** 2 }}
{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ -n }} {{ - n + 1 }} {{ +n }}
{{ 0.1 + 0.2 }} {{ 1.0 + 1 }} {{ 3 * 1.0 }} {{ 1.0 // 2 }}
{{ yes + 1 }} {{ yes and 3 }} {{ no or "x" }} {{ zero or empty }}
{{ "a" + "b" }} {{ "ab" * 3 }} {{ [1] * 2 }} {{ [1] + [2] }}
{{ "a" + 1 }}
{{ 1 + nothing }}
{{ n ~ "-" ~ half ~ nothing ~ missing }}
{{ 1 ~ 2 }} {{ 1 + 1 ~ 2 }}
{{ "%s is %d" % ("x", 3) }} {{ "%05.1f|%-5s|%5s" % (2.345, "a", "b") }}
{{ "%x %o %e %g" % (255, 8, 12345.678, 0.0001) }} {{ "100%%" % () }}
{{ 1 < 2 }} {{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }} {{ 1 == 1.0 }} {{ 1 == yes }} {{ "1" == 1 }}
{{ [1, 2] == [1, 2] }} {{ {"a": 1} == {"a": 1} }} {{ [1] == (1,) }} {{ [1, 2] < [1, 3] }}
{{ 1 != 2 }} {{ "a" < "b" }} {{ "B" < "a" }} {{ nothing == none }}
{{ "a" < 1 }}
{{ 2 in numbers }} {{ 9 not in numbers }} {{ "world" in lower }} {{ "a" in table }} {{ not 1 in [2] }}
{{ not yes }} {{ not not no }} {{ not empty and yes }}
{{ "yes" if yes else "no" }} {{ "yes" if no }} {{ 1 if no else 2 if no else 3 }}
{{ words[0] }} {{ words[-1] }} {{ words[9] }} {{ words[1:] }} {{ words[:-1] }} {{ words[::-1] }} {{ words[::2] }}
{{ name[0] }} {{ name[-1] }} {{ name[4:] }} {{ name[::-1] }} {{ unicode[6] }} {{ unicode|length }}
{{ nested.a.b[0] }} {{ nested["a"]["b"][1].c }} {{ nested.a.b.1.c }} {{ nested.nope }}
{{ nested.nope.more }}
{{ missing.attribute }}
{{ missing[0] }}
{{ missing() }}
{{ name() }}
{{ table.items()|list }} {{ table.keys()|list }} {{ table.values()|list }}
{{ nested["items"] }}
{{ table.get("a") }} {{ table.get("z") }} {{ table.get("z", 5) }}
{{ true }} {{ True }} {{ false }} {{ none }} {{ None }}
{{ range(3)|list }}
{{ dict(a=1, b=2) }}
{{ {"a": 1, "b": [1, 2]} }} {{ {1: 2} }} {{ {} }} {{ [] }} {{ [1, 2,] }}
{{ "tab\there" }} {{ 'quote\'s' }} {{ "\u00e9\x41" }} {{ "\d" }} {{ "a" "b" }}
{# comment #}x{#- trim -#} y
a {{- n -}} b
a {%- if yes -%} b {%- endif -%} c
a {%+ if yes +%} b {% endif %} c
{% raw %}{{ not rendered }} {% if %}{% endraw %} end
{%- raw -%} {{ x }} {%- endraw -%} end
{{ "}}" }} {{ "{{" }} {{ '%}' }} {{ {"a": {"b": 1}} }}
{% if n > 5 %}big{% elif n > 3 %}mid{% else %}small{% endif %}
{% if zero %}a{% elif nothing %}b{% elif words %}c{% endif %}
{% if missing %}a{% else %}b{% endif %}
{% for x in words %}{{ loop.index }}/{{ loop.length }}:{{ x }} {% endfor %}
{% for x in [] %}a{% else %}none{% endfor %}
{% for x in missing %}a{% else %}none{% endfor %}
{% for k, v in table.items() %}{{ k }}={{ v }};{% endfor %}
{% for k in table %}{{ k }}{% endfor %} {% for c in "abc" %}[{{ c }}]{% endfor %}
{% for a, b in pairs %}{{ a }}{{ b }}{% endfor %}
{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for x in numbers if x > 1 %}{{ loop.index }}{{ x }}{{ loop.last }} {% else %}no{% endfor %}
{% for x in numbers if x > 9 %}{{ x }}{% else %}no{% endfor %}
{% for x in numbers %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }} {% endfor %}
{% for x in numbers %}{{ loop.cycle("a", "b") }}{% endfor %}
{% for x in [1, 1, 2] %}{{ loop.changed(x) }} {% endfor %}
{% for x in numbers %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}
{% for t in tree recursive %}{{ t.v }}@{{ loop.depth }}{{ loop.depth0 }}{% if t.kids %}({{ loop(t.kids) }}){% endif %}{% endfor %}
{% for x in [1, 2, 3, 4] %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in [1, 2, 3, 4] %}{% if x == 3 %}{% continue %}{% endif %}{{ x }}{% endfor %}
{% for x in 1, 2, 3 %}{{ x }}{% endfor %}
{% for a, b in [(1, 2, 3)] %}{{ a }}{% endfor %}
{% for x in 5 %}{% endfor %}
{% for x in range(3, 0, -1) %}{{ x }}{% endfor %} {% for x in range(0) %}x{% else %}e{% endfor %}
{% set a = 5 %}{{ a }} {% set b, c = 1, 2 %}{{ b }}{{ c }}
{% set a = 1 %}{% for x in [1, 2] %}{% set a = x %}{% endfor %}{{ a }}
{% set a = 1 %}{% if yes %}{% set a = 2 %}{% endif %}{{ a }}
{% set ns = namespace(total=0) %}{% for x in numbers %}{% set ns.total = ns.total + x %}{% endfor %}{{ ns.total }}
{% set x %}block {{ n }}{% endset %}[{{ x }}] {% set y | upper %}abc{% endset %}{{ y }}
{% set l = [] %}{% do l.append(1) %}{% set _ = l.append(2) %}{{ l }}
{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}[{{ a }}]
{% with %}{% set a = 3 %}{{ a }}{% endwith %}{{ a }}
{% macro m(a, b=2, c="x") %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, c=3) }} {{ m(1, 4, 5) }} {{ m() }}
{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, k=4) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(z=2) }}
{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}body {{ n }}{% endcall %}
{% macro m(xs) %}{% for x in xs %}{{ caller(x) }}{% endfor %}{% endmacro %}{% call(x) m([1, 2]) %}({{ x }}){% endcall %}
{% macro f(k) %}{% if k > 0 %}{{ k }}{{ f(k - 1) }}{% endif %}{% endmacro %}{{ f(3) }}
{% macro m(a, b) %}{% endmacro %}{{ m.name }} {{ m.arguments }}
{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1, 2]) }} {{ m(**{"a": 3, "b": 4}) }}
{% filter upper %}abc {{ name }}{% endfilter %} {% filter replace("a", "b")|upper %}aaa{% endfilter %}
{% block body %}in {{ n }}{% endblock %} {% block other %}x{% endblock other %}
{{ name|upper }} {{ name|lower }} {{ lower|title }} {{ lower|capitalize }} {{ "  x "|trim }}
{{ "it's a-b (c) d_e"|title }} {{ "HELLO wORLD"|capitalize }} {{ "hELLO"|title }}
{{ "xxabcxx"|trim("x") }} {{ n|upper }} {{ nothing|upper }} {{ missing|upper }}
{{ words|length }} {{ table|count }} {{ name|length }} {{ missing|length }}
{{ n|length }}
{{ words|first }} {{ words|last }} {{ []|first }} {{ name|first }} {{ name|last }}
{{ words|join }} {{ words|join(", ") }} {{ numbers|join("-") }} {{ people|join(",", attribute="name") }} {{ [1, none, true]|join("|") }}
{{ words|sort }} {{ words|sort(case_sensitive=true) }} {{ numbers|sort(reverse=true) }} {{ people|sort(attribute="age,name")|map(attribute="name")|list }}
{{ people|sort(attribute="age")|map(attribute="name")|join(",") }} {{ people|sort(attribute="age", reverse=true)|map(attribute="name")|join(",") }}
{{ [1, "a"]|sort }}
{{ table|dictsort }} {{ table|dictsort(true) }} {{ table|dictsort(by="value", reverse=true) }}
{{ words|unique|list }} {{ words|unique(case_sensitive=true)|list }} {{ numbers|unique|list }} {{ people|unique(attribute="age")|map(attribute="name")|list }}
{{ numbers|min }} {{ numbers|max }} {{ words|min }} {{ words|max }} {{ []|min }} {{ people|max(attribute="age") }} {{ people|min(attribute="age") }}
{{ numbers|sum }} {{ people|sum(attribute="age") }} {{ numbers|sum(start=10) }} {{ [0.1, 0.2]|sum }} {{ []|sum }}
{{ numbers|reverse|list }} {{ name|reverse }}
{{ numbers|batch(3)|list }} {{ numbers|batch(3, "-")|list }} {{ [1, 2, 3, 4, 5, 6, 7]|slice(3)|list }} {{ [1, 2, 3, 4]|slice(3, "x")|list }}
{% for g, list in people|groupby("city") %}{{ g }}: {{ list|map(attribute="name")|join(",") }}; {% endfor %}
{% for g in people|groupby("age") %}{{ g.grouper }}={{ g.list|length }} {% endfor %} {{ people|groupby("nope", default="-")|map("first")|list }}
{{ words|map("upper")|list }} {{ words|map("replace", "p", "P")|list }} {{ people|map(attribute="name")|list }} {{ people|map(attribute="x", default="?")|list }} {{ people|map(attribute="tags.0")|list }}
{{ numbers|select("odd")|list }} {{ numbers|reject("odd")|list }} {{ [0, 1, none, "x"]|select|list }} {{ numbers|select("gt", 1)|list }} {{ numbers|select(">=", 3)|list }}
{{ people|selectattr("tags")|map(attribute="name")|list }} {{ people|selectattr("age", "equalto", 5)|map(attribute="name")|list }} {{ people|rejectattr("city", "in", ["Paris"])|map(attribute="name")|list }}
{{ words|list }} {{ "abc"|list }} {{ table|list }} {{ table|items|list }}
{{ missing|default("d") }} {{ empty|default("d") }} {{ empty|default("d", true) }} {{ nothing|d("d") }} {{ missing|d }}
{{ "3"|int }} {{ "x"|int }} {{ "x"|int(9) }} {{ "3.7"|int }} {{ 3.99|int }} {{ "ff"|int(base=16) }} {{ "0x1f"|int(base=16) }} {{ nothing|int }} {{ yes|int }} {{ " 12 "|int }}
{{ "3.5"|float }} {{ "x"|float }} {{ "x"|float(1.5) }} {{ 3|float }} {{ "1e3"|float }} {{ nothing|float }}
{{ 3.7|round }} {{ 3.14159|round(2) }} {{ 2.5|round }} {{ 3.5|round }} {{ 2.675|round(2) }} {{ 7|round }} {{ 3.2|round(0, "ceil") }} {{ 3.75|round(1, "floor") }} {{ 1234|round(-2) }} {{ 0.125|round(2) }}
{{ -3|abs }} {{ -3.5|abs }} {{ (-3)|abs }} {{ 3.0|string }} {{ n|string }}
{{ name|replace("a", "x") }} {{ name|replace("a", "x", 1) }} {{ "aaa"|replace("a", "b", count=2) }} {{ "ab"|replace("", "-") }}
{{ long|truncate(20) }} {{ long|truncate(20, true) }} {{ long|truncate(20, false, "…") }} {{ "short"|truncate(4) }} {{ "abcdefghijk"|truncate(5, leeway=0) }}
{{ long|wordwrap(20) }}
{{ long|wordwrap(10, false, "|") }} {{ "abcdefghijklmnop"|wordwrap(5) }} {{ "well-known long-standing"|wordwrap(8) }} {{ lines|wordwrap(3) }}
{{ "abcdefghij kl"|wordwrap(4, break_long_words=false) }}
{{ long|wordcount }} {{ "a-b c's d_e"|wordcount }} {{ ""|wordcount }}
{{ lines|indent }}
{{ lines|indent(2, true) }} {{ lines|indent(2, blank=true) }} {{ lines|indent("> ") }} {{ "one"|indent(3, first=true) }}
[{{ "ab"|center(7) }}] [{{ "abc"|center(6) }}] [{{ "abc"|center(7) }}] [{{ "toolong"|center(3) }}]
{{ "%s-%s"|format(1, "b") }} {{ "%(a)s"|format(a=5) }} {{ "%.2f%%"|format(12.345) }}
{{ "a b&c/d?é"|urlencode }} {{ {"a": 1, "b c": "x&y"}|urlencode }} {{ [["k", "v w"]]|urlencode }}
{{ text|escape }} {{ text|e|e }} {{ text|forceescape }} {{ "<b>"|safe }} {{ ("<b>"|safe)|escape }}
{{ html|striptags }} {{ "&lt;x&gt; &amp; y"|striptags }}
{{ {"class": "a b", "id": none, "x": 1}|xmlattr }} [{{ {"a": "<"}|xmlattr(false) }}]
{{ table|tojson }} {{ words|tojson }} {{ text|tojson }} {{ [1.0, none, true, "é"]|tojson }} {{ nested|tojson(2) }} {{ {}|tojson(2) }}
{{ 1|filesizeformat }} {{ 999|filesizeformat }} {{ 1000|filesizeformat }} {{ 1234567|filesizeformat }} {{ 1234567|filesizeformat(true) }} {{ 123456789012|filesizeformat }}
{{ "<a>"|e + "<b>" }} {{ ["<a>"|e, "<b>"]|join("<") }} {{ "<a>"|e ~ "<b>" }} {{ ("<i>"|e)|upper }}
{{ missing is defined }} {{ name is defined }} {{ missing is undefined }} {{ nothing is none }} {{ nothing is defined }} {{ nested.nope is defined }}
{{ n is odd }} {{ n is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ n is not even }}
{{ name is string }} {{ n is number }} {{ half is number }} {{ yes is number }} {{ n is integer }} {{ yes is integer }} {{ half is float }} {{ n is float }}
{{ table is mapping }} {{ words is sequence }} {{ table is sequence }} {{ name is iterable }} {{ n is iterable }} {{ words is mapping }}
{{ yes is boolean }} {{ yes is true }} {{ no is false }} {{ one is true }} {{ 1 is sameas 1 }} {{ nothing is sameas none }}
{{ 1 is eq 1 }} {{ 1 is equalto(2) }} {{ 1 is ne 2 }} {{ 2 is gt 1 }} {{ 2 is lt 1 }} {{ 2 is ge 2 }} {{ 2 is le 1 }} {{ 1 is in [1, 2] }} {{ 3 is in([1]) }}
{{ "abc" is lower }} {{ "ABC" is upper }} {{ "Abc" is lower }} {{ "123" is lower }} {{ ("x"|e) is escaped }} {{ "x" is escaped }}
{{ range is callable }} {{ table.get is callable }} {{ name.upper is callable }}
{{ name.upper() }} {{ name.lower() }} {{ name.split() }} {{ "a,b,c".split(",") }} {{ "a,b,c".split(",", 1) }} {{ "a b c".rsplit(" ", 1) }} {{ " a  b ".split() }}
{{ "  x ".strip() }}| {{ "xxyxx".strip("x") }} {{ "abc".lstrip("a") }} {{ "abc".rstrip("c") }} {{ "it's".title() }} {{ "aBC".capitalize() }} {{ "aB".swapcase() }}
{{ "abc".startswith("a") }} {{ "abc".endswith(("c", "d")) }} {{ "abc".find("c") }} {{ "abc".find("z") }} {{ "abcabc".count("b") }} {{ "abc".index("b") }} {{ "abca".rfind("a") }}
{{ "-".join(["a", "b"]) }} {{ "aXb".replace("X", "-") }} {{ "7".zfill(3) }} {{ "-7".zfill(4) }} {{ "a".ljust(3, ".") }} {{ "a".rjust(3) }} {{ "a".center(4, "*") }}
{{ "12".isdigit() }} {{ "ab".isalpha() }} {{ "a1".isalnum() }} {{ " ".isspace() }} {{ "".isdigit() }} {{ "AB".isupper() }} {{ "a b".partition(" ") }} {{ "a.b.c".rpartition(".") }} {{ lines.splitlines() }}
{{ "{} {}".format(1, "b") }} {{ "{0}{1}{0}".format("a", "b") }} {{ "{x:>5}|{y:.2f}|{z:05d}".format(x="a", y=3.14159, z=42) }} {{ "{:,}".format(1234567) }} {{ "{:^7}".format("ab") }} {{ "{{}}".format() }} {{ "{:.1%}".format(0.256) }} {{ "{!r}".format("a") }}
{{ "abc".removeprefix("a") }} {{ "abc".removesuffix("c") }}
{{ [1, 2, 1].count(1) }} {{ [1, 2].index(2) }} {{ [3, 1].pop() }}
{{ cycler("a", "b").next() }} {% set c = cycler("x", "y") %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}
{% set j = joiner("; ") %}{% for x in [1, 2, 3] %}{{ j() }}{{ x }}{% endfor %}
{{ people|map(attribute="name")|map("lower")|sort|join(" ") }}
{{ people|selectattr("age", "gt", 10)|sum(attribute="age") }}
{{ (people|first).name }} {{ (words|sort)[0] }} {{ words|sort|first|upper }}
{{ people[0].tags|join("+") or "none" }} {{ people[1].tags|join("+") or "none" }}
{{ -1 ** 2 }} {{ -2 ** 2 }} {{ 2 * -3 }} {{ 5 - -3 }} {{ not 1 == 2 }} {{ 1 if 1 > 0 and 2 > 1 else 0 }}
{{ nope|nofilter }}
{{ 1 is nottest }}
{{ 1 / 0 }}
{{ }}
{{ name
{% if %}{% endif %}
{% if yes %}open
{% for in x %}{% endfor %}
{% unknown %}
{% endif %}
{{ 1 + }}
{{ a b }}
{{ "open }}
{{ (1 }}
{% set 1 = 2 %}
{{ foo(a=1, 2) }}
{{ [1, 2 }}
{% raw %}never ended
{{ name|attr("x") }}
{{ true and false or true }} {{ (true or false) and false }} {{ 1 and 0 }} {{ "" or none or 0 }}
{{ [1, [2, [3, {"a": (1, 2)}]]] }} {{ {"k": none} }} {{ ["<b>"|safe] }}
{{ 10 // 3 * 3 + 10 % 3 }} {{ 10 - 3 - 2 }} {{ 100 / 10 / 2 }}
{{ 1 < 2 and 2 < 3 }} {{ 1 < 3 > 2 }} {{ 1 == 1 != 2 }} {{ "a" in "abc" in ["abc"] }}
{% if n is odd and n is not divisibleby 2 %}ok{% endif %} {{ "a" if n is even else "b" }} {{ n is defined and n > 3 }}
{% for p in people if p.age > 10 %}{{ p.name }}{% if not loop.last %}, {% endif %}{% endfor %}
{% for i in range(3) %}{% for j in range(2) %}{{ loop.index }}{{ i }}{{ j }} {% endfor %}{{ loop.index }}{% endfor %}
{% set outer = [] %}{% for x in numbers %}{% do outer.append(x * 2) %}{% endfor %}{{ outer|sum }}
{% macro outer() %}{{ n }}{{ inner }}{% endmacro %}{% set inner = 5 %}{{ outer() }}
{% if "x" in {"x": 1} %}in{% endif %} {{ {"x": {"y": 2}}.x.y }} {{ {"x": 1}["x"] }}
{{ "a\nb" }} {{ ["a\nb"] }} {{ "\\" }} {{ 'a\\nb' }}
{{ lower|upper|lower|title|replace("o", "0") }} {{ ("a" ~ "b")|upper }} {{ "a" ~ "b"|upper }}
{{ numbers|map("string")|join("") }} {{ numbers|map("float")|list }} {{ [3.5, 2]|map("int")|sum }}
{{ pairs|map("first")|list }} {{ pairs|map("last")|sum }} {{ pairs|sum(start=0, attribute=1) }}
{{ table.b + table["a"] }} {{ table|length + 1 }} {{ table|dictsort|map("first")|join }}
{{ big }} {{ big * 1000 }} {{ 9007199254740991 }} {{ 1000000 * 1000000 }} {{ 1e16 }} {{ 1e15 }} {{ 0.1 }} {{ 100.0 }} {{ 1/3 }}
{{ none or "fallback" }} {{ missing or "fallback" }} {{ zero or "fallback" }} {{ (missing or {}).x or "deep" }}
{{ missing is callable }} {{ none|map("upper")|list }} {{ 0|select|list }} {{ no|map(attribute="x")|list }}
{{ "upper" is filter }} {{ "nope" is filter }} {{ "odd" is test }} {{ "nope" is test }}
{{ words|truncate(9) }} {{ [1]|sort(attribute="nope") }} {{ missing in {"a": 1} }} {{ "abc" % [] }} {{ 1 % -0.5 }} {{ -7 % -3 }} {{ 5.5 % -2 }}
{{ "it's a-b_c"|wordwrap(4) }} {{ "--abc-defgh-i"|wordwrap(5) }} {{ "abcdefgh"|wordwrap(3) }}
'''

# Templates of several lines, and names that are words of the language: (template, its own variables).
MORE = [
    ("{{ range }} {{ true }} {{ none }} {{ dict }}", {"range": "r", "true": "t", "none": "n", "dict": "d"}),
    ("{{ loop }} {{ namespace }}", {"loop": 1, "namespace": 2}),
    ("a\n{% if yes %}\nb\n{% endif %}\nc\n", {}),
    ("a\n{%- if yes -%}\nb\n{%- endif -%}\nc\n\n", {}),
    ("  {%- for x in numbers %}\n  {{ x }}\n  {%- endfor %}\nend", {}),
    ("{{ n -}}\n\n  {{- n }}\r\nx\r", {}),
    ("{# a\nb #}\n{{ n }}\n", {}),
    ("{{\n  name\n  | upper\n}}", {}),
    ("{% set x = [\n 1,\n 2,\n] %}{{ x }}", {}),
    ("{% for m in messages %}<|{{ m.role }}|>\n{{ m.content | trim }}\n{% endfor %}", {"messages": [{"role": "user", "content": " hi "}, {"role": "assistant", "content": "yes\n"}]}),
    ("{% for k, v in d | dictsort %}{{ k }}: {{ v }}\n{% endfor %}", {"d": {"z": 1, "a": [1, "x"]}}),
    ("{%- macro field(name, type='text') -%}\n<input name=\"{{ name }}\" type=\"{{ type }}\">\n{%- endmacro -%}\n{{ field('a') }}{{ field('b', type='c') }}", {}),
    ("{{ '\\n' }}{{ \"a\\tb\" }}", {}),
    ("{{ x }} {{ [x] }}", {"x": "a\u00a0b\u200b\u0007\u00e9"}),
    ("{{ x }}", {"x": [True, None, "q'", 1, [2.5, {"k": False}]]}),
    ("{{ a.b }} {{ a['b'] }} {{ a.get('c', 'none') }} {{ a | length }}", {"a": {"b": {"c": [1]}}}),
    ("{{ x | wordwrap(12) }}", {"x": "a  b   ccccccccccccccccc dd-ee ff--gg\n  indented line here"}),
    ("{{ x | indent(4) }}", {"x": "a\n\n b\n"}),
    ("{{ x | striptags }}", {"x": "<a href='>'>t</a> &nbsp; <!-- <b> --> <c"}),
    ("{{ x | title }}", {"x": "o'neil mc-donald {brace} <tag> \u00e9t\u00e9 3rd"}),
]


def main() -> None:
    env = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    probes = []
    lines = [(source, None) for source in TEMPLATES.strip().split("\n")]
    for source, own in lines + MORE:
        probe = {"template": source, **({"variables": own} if own else {})}
        try:
            probe["expected"] = env.from_string(source).render({**DATA, **(own or {})})
        except Exception as error:  # Jinja2 refuses: what it says is its own affair
            probe["error"] = True
            probe["reason"] = type(error).__name__
        probes.append(probe)
    document = {"jinja2": jinja2.__version__, "variables": DATA, "probes": probes}
    text = json.dumps(document, indent=1, ensure_ascii=False)
    pathlib.Path(__file__).with_name("probes.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(probes)} probes, {sum('error' in p for p in probes)} refused")


main()
