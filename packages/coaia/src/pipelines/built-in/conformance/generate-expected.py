"""Renders every text of the built-in templates with Jinja2 itself and writes expected.json.

Run it after a built-in template has changed, with a Python that has jinja2 3.1.6 (Debian: python3-jinja2):

    python3 packages/coaia/src/pipelines/built-in/conformance/generate-expected.py
    npx oxfmt packages/coaia/src/pipelines/built-in/conformance/expected.json
"""

import json
import pathlib
import subprocess

import jinja2

HERE = pathlib.Path(__file__).parent

FUNCTIONS = {
    "uuid4": "00000000-0000-4000-8000-000000000000",
    "now": "2026-01-02T03:04:05.000000Z",
    "timestamp": "2026-01-02T03:04:05.000000Z",
    "mobile_id": "mobile_00000000",
    "touch_timestamp": "03:04:05",
    "date": "2026-01-02",
}


def main() -> None:
    script = "import { collectTexts } from './texts.ts'; console.log(JSON.stringify(await collectTexts()))"
    words = ["node", "--input-type=module", "--eval", script]
    node = subprocess.run(words, capture_output=True, check=True, text=True, cwd=HERE)
    env = jinja2.Environment()
    for name, value in FUNCTIONS.items():
        env.globals[name] = lambda *_args, value=value: value
    document = []
    for template in json.loads(node.stdout):
        expected = [[render(env, text, values) for text in template["texts"]] for values in template["sets"]]
        document.append({**template, "expected": expected})
    result = {"jinja2": jinja2.__version__, "functions": FUNCTIONS, "templates": document}
    (HERE / "expected.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    total = [text for template in document for each in template["expected"] for text in each]
    print(f"{len(document)} templates, {len(total)} renderings, {total.count(None)} refused")


def render(env: jinja2.Environment, text: str, values: dict) -> str | None:
    try:
        return env.from_string(text).render(values)
    except Exception:  # refused, as ours has to be
        return None


main()
