"""Walks the Langfuse Python SDK 4 against the server that the environment names; fails at the first surprise."""

import http.client
import json
import sys
import time
import urllib.parse
import urllib.request

from langfuse import Evaluation, get_client, observe
from langfuse.media import LangfuseMedia

langfuse = get_client()


def wait_for(read, accept, seconds=15):
    """Reads until the answer is accepted; a trace arrives after the SDK has sent it."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = read()
            if accept(answer):
                return answer
        except Exception:
            if time.monotonic() > end:
                raise
        assert time.monotonic() < end, f"not accepted within {seconds} s"
        time.sleep(0.1)


def walk_tracing():
    @observe()
    def double(number):
        get_client().update_current_span(metadata={"step": 1})
        return number * 2

    @observe(as_type="generation")
    def ask(question):
        get_client().update_current_generation(
            model="gpt-4o",
            usage_details={"input": 10, "output": 5},
            model_parameters={"temperature": 0.1},
        )
        return f"answer to {question}"

    @observe(name="outer")
    def outer(question):
        double(2)
        return ask(question), get_client().get_current_trace_id()

    answer, trace_id = outer("one")
    assert answer == "answer to one"
    langfuse.flush()
    trace = wait_for(lambda: langfuse.api.trace.get(trace_id), lambda t: len(t.observations) == 3)
    assert trace.name == "outer", trace.name
    found = {one.name: one for one in trace.observations}
    assert found["ask"].type == "GENERATION" and found["ask"].model == "gpt-4o"
    assert found["ask"].usage_details == {"input": 10, "output": 5, "total": 15}
    assert found["ask"].calculated_total_cost > 0
    assert found["double"].parent_observation_id == found["outer"].id
    assert found["double"].output == 4
    return trace_id


def walk_scores():
    with langfuse.start_as_current_observation(as_type="span", name="manual", input={"a": 1}) as span:
        with span.start_as_current_observation(as_type="agent", name="inner") as inner:
            inner.update(output="done")
        span.update(output={"b": 2}, level="WARNING", status_message="slow")
        span.score(name="of span", value=0.5)
        span.score_trace(name="of trace", value="good", data_type="CATEGORICAL")
        trace_id = span.trace_id
    langfuse.create_score(
        trace_id=trace_id, name="flag", value=1, data_type="BOOLEAN", comment="checked", score_id="py4-flag"
    )
    langfuse.flush()
    trace = wait_for(
        lambda: langfuse.api.trace.get(trace_id), lambda t: len(t.scores) == 3 and len(t.observations) == 2
    )
    scores = {score.name: score for score in trace.scores}
    assert scores["of span"].value == 0.5 and scores["of span"].observation_id is not None
    assert scores["of trace"].string_value == "good"
    assert scores["flag"].id == "py4-flag" and scores["flag"].comment == "checked"
    manual = next(one for one in trace.observations if one.name == "manual")
    assert (manual.level.value, manual.status_message, manual.output) == ("WARNING", "slow", {"b": 2})
    assert next(one for one in trace.observations if one.name == "inner").type == "AGENT"


def walk_prompts():
    name = "py4/greeting"
    first = langfuse.create_prompt(
        name=name, prompt="Hello {{name}}", labels=["production"], tags=["x"], config={"t": 1}, commit_message="one"
    )
    assert first.version == 1 and first.compile(name="Ada") == "Hello Ada"
    kept = langfuse.get_prompt(name)
    langfuse.create_prompt(name=name, prompt="Hi {{name}}", labels=["staging"])
    langfuse.update_prompt(name=name, version=2, new_labels=["production"])
    assert kept.version == 1 and kept.config == {"t": 1}
    assert langfuse.get_prompt(name, cache_ttl_seconds=0).version == 2
    assert langfuse.get_prompt(name, label="staging").version == 2
    assert langfuse.get_prompt(name, version=1).prompt == "Hello {{name}}"
    langfuse.create_prompt(
        name="py4-chat",
        type="chat",
        prompt=[{"role": "system", "content": "be {{manner}}"}, {"type": "placeholder", "name": "history"}],
        labels=["production"],
    )
    chat = langfuse.get_prompt("py4-chat", type="chat")
    history = [{"role": "user", "content": "hey"}]
    assert chat.compile(manner="kind", history=history) == [{"role": "system", "content": "be kind"}, *history]
    assert langfuse.get_prompt("py4-none", fallback="instead").prompt == "instead"
    with langfuse.start_as_current_observation(as_type="generation", name="with prompt", prompt=first) as one:
        trace_id = one.trace_id
    langfuse.flush()
    trace = wait_for(lambda: langfuse.api.trace.get(trace_id), lambda t: len(t.observations) == 1)
    assert (trace.observations[0].prompt_name, trace.observations[0].prompt_version) == (name, 1)


def walk_datasets():
    name = "py4/questions"
    langfuse.create_dataset(name=name, description="d", metadata={"a": 1})
    for number in range(3):
        langfuse.create_dataset_item(
            dataset_name=name,
            input={"q": number},
            expected_output=str(number if number < 2 else "other"),
            metadata={"n": number},
            id=f"py4-item-{number}",
        )
    dataset = langfuse.get_dataset(name)
    assert len(dataset.items) == 3 and dataset.metadata == {"a": 1}

    def task(*, item, **_):
        return str(item.input["q"])

    def exact(*, output, expected_output, **_):
        return Evaluation(name="py4-exact", value=float(output == expected_output))

    def average(*, item_results, **_):
        values = [result.evaluations[0].value for result in item_results]
        return Evaluation(name="average", value=sum(values) / len(values))

    result = dataset.run_experiment(
        name="first experiment", task=task, evaluators=[exact], run_evaluators=[average], metadata={"m": "1"}
    )
    langfuse.flush()
    assert abs(result.run_evaluations[0].value - 2 / 3) < 1e-9
    run = wait_for(
        lambda: langfuse.get_dataset_run(dataset_name=name, run_name=result.run_name),
        lambda found: len(found.dataset_run_items) == 3,
    )
    assert run.name == result.run_name
    names = [one.name for one in langfuse.get_dataset_runs(dataset_name=name).data]
    assert names == [result.run_name], names
    traces = {one.trace_id for one in run.dataset_run_items}
    assert traces == {one.trace_id for one in result.item_results}
    scores = wait_for(
        lambda: langfuse.api.scores.get_many(name="py4-exact").data, lambda found: len(found) == 3
    )
    assert sorted(score.value for score in scores) == [0, 1, 1]


def walk_media():
    media = LangfuseMedia(content_bytes=b"hello from python", content_type="text/plain")
    with langfuse.start_as_current_observation(as_type="span", name="media", input={"file": media}) as span:
        trace_id = span.trace_id
    langfuse.flush()
    trace = wait_for(lambda: langfuse.api.trace.get(trace_id), lambda t: len(t.observations) == 1)
    reference = LangfuseMedia.parse_reference_string(trace.observations[0].input["file"])
    stored = wait_for(lambda: langfuse.api.media.get(reference["media_id"]), lambda one: one.content_length == 17)
    assert urllib.request.urlopen(stored.url).read() == b"hello from python"
    resolved = langfuse.resolve_media_references(
        obj=trace.observations[0].input, resolve_with="base64_data_uri"
    )
    assert resolved["file"] == "data:text/plain;base64,aGVsbG8gZnJvbSBweXRob24=", resolved


def walk_links(trace_id):
    link = urllib.parse.urlsplit(langfuse.get_trace_url(trace_id=trace_id))
    connection = http.client.HTTPConnection(link.netloc)
    connection.request("GET", link.path)
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (302, f"/p/default/traces/{trace_id}")
    connection.close()


def walk_reads(trace_id):
    api = langfuse.api
    assert api.health.health().status == "OK"
    assert len(api.projects.get().data) == 1
    assert trace_id in [trace.id for trace in api.trace.list(limit=100).data]
    assert len(api.observations.get_many(limit=2).data) == 2
    assert any(prompt.name == "py4-chat" for prompt in api.prompts.list().data)
    assert any(dataset.name == "py4/questions" for dataset in api.datasets.list().data)
    assert api.models.list().meta.total_items > 0
    query = {
        "view": "observations",
        "metrics": [{"measure": "count", "aggregation": "count"}],
        "dimensions": [{"field": "type"}],
        "filters": [],
        "fromTimestamp": "2026-01-01T00:00:00Z",
        "toTimestamp": "2036-01-01T00:00:00Z",
    }
    rows = api.metrics.metrics(query=json.dumps(query)).data
    assert {row["type"] for row in rows} >= {"SPAN", "GENERATION", "AGENT"}, rows
    for page in (api.sessions.list(), api.comments.get(), api.score_configs.get(), api.annotation_queues.list_queues()):
        assert page.meta.page == 1


assert langfuse.auth_check()
first_trace = walk_tracing()
walk_scores()
walk_prompts()
walk_datasets()
walk_media()
walk_links(first_trace)
walk_reads(first_trace)
langfuse.shutdown()
print(json.dumps({"trace": first_trace, "python": sys.version.split()[0]}))
