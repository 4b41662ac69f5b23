"""Walks the Langfuse Python SDK 2 against the server that the environment names; fails at the first surprise."""

import json
import sys
import time

from langfuse import Langfuse
from langfuse.decorators import langfuse_context, observe

langfuse = Langfuse()


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
    trace = langfuse.trace(name="py2", user_id="ada", session_id="py2-session", input={"a": 1}, tags=["x", "y"])
    span = trace.span(name="load", input="in")
    generation = span.generation(
        name="answer",
        model="gpt-4o",
        input=[{"role": "user", "content": "hi"}],
        usage={"input": 10, "output": 5, "unit": "TOKENS"},
    )
    generation.end(output="hey")
    span.event(name="note", level="WARNING", status_message="slow")
    span.end(output="out")
    trace.update(output={"b": 2}, metadata={"k": 1})
    trace.score(name="quality", value=0.5, comment="fine")
    generation.score(name="tone", value="kind", data_type="CATEGORICAL")
    langfuse.flush()
    found = wait_for(
        lambda: langfuse.fetch_trace(trace.id).data, lambda one: len(one.observations) == 3 and len(one.scores) == 2
    )
    assert (found.name, found.user_id, found.session_id) == ("py2", "ada", "py2-session")
    assert (found.input, found.output, found.metadata, sorted(found.tags)) == ({"a": 1}, {"b": 2}, {"k": 1}, ["x", "y"])
    by_name = {one.name: one for one in found.observations}
    assert by_name["answer"].parent_observation_id == span.id
    assert by_name["answer"].usage.total == 15 and by_name["answer"].calculated_total_cost > 0
    assert by_name["note"].type == "EVENT" and by_name["note"].level.value == "WARNING"
    assert {score.name: score.observation_id for score in found.scores} == {"quality": None, "tone": generation.id}
    return trace.id


def walk_decorators():
    @observe(as_type="generation")
    def ask(question):
        langfuse_context.update_current_observation(model="gpt-4o", usage={"input": 3, "output": 4})
        return question.upper()

    @observe()
    def outer(question):
        langfuse_context.update_current_trace(session_id="py2-session", user_id="grace")
        langfuse_context.score_current_trace(name="decorated", value=1)
        return ask(question), langfuse_context.get_current_trace_id()

    answer, trace_id = outer("hi")
    assert answer == "HI"
    langfuse_context.flush()
    # The outermost function is the trace itself.
    found = wait_for(
        lambda: langfuse.fetch_trace(trace_id).data, lambda one: len(one.observations) == 1 and len(one.scores) == 1
    )
    assert (found.name, found.user_id) == ("outer", "grace")
    assert (found.observations[0].name, found.observations[0].usage.output) == ("ask", 4)


def walk_prompts():
    name = "py2/greeting"
    made = langfuse.create_prompt(
        name=name, prompt="Hello {{name}}", labels=["production"], tags=["x"], config={"t": 1}, commit_message="one"
    )
    assert made.version == 1
    assert langfuse.get_prompt(name).compile(name="Ada") == "Hello Ada"
    langfuse.create_prompt(name=name, prompt="Hi {{name}}", labels=[])
    langfuse.update_prompt(name=name, version=2, new_labels=["production"])
    assert langfuse.get_prompt(name, cache_ttl_seconds=0).version == 2
    assert langfuse.get_prompt(name, version=1).config == {"t": 1}
    chat = [{"role": "system", "content": "be {{manner}}"}]
    langfuse.create_prompt(name="py2-chat", type="chat", prompt=chat, labels=["production"])
    found = langfuse.get_prompt("py2-chat", type="chat")
    assert found.compile(manner="kind") == [{"role": "system", "content": "be kind"}]
    assert langfuse.get_prompt("py2-none", fallback="instead").prompt == "instead"


def walk_datasets():
    name = "py2-questions"
    langfuse.create_dataset(name=name, description="d", metadata={"a": 1})
    for number in range(2):
        langfuse.create_dataset_item(
            dataset_name=name, input={"q": number}, expected_output=str(number), id=f"py2-item-{number}"
        )
    dataset = langfuse.get_dataset(name)
    assert sorted(item.id for item in dataset.items) == ["py2-item-0", "py2-item-1"]
    for item in dataset.items:
        trace = langfuse.trace(name="run item", input=item.input)
        item.link(trace, "run one", run_metadata={"m": 1})
        with item.observe(run_name="run two") as trace_id:
            assert trace_id
    langfuse.flush()
    run = langfuse.get_dataset_run(name, "run one")
    assert len(run.dataset_run_items) == 2 and run.metadata == {"m": 1}
    names = [one.name for one in langfuse.get_dataset_runs(name).data]
    assert sorted(names) == ["run one", "run two"], names


def walk_reads(trace_id):
    assert trace_id in [one.id for one in langfuse.fetch_traces(session_id="py2-session").data]
    assert len(langfuse.fetch_observations(trace_id=trace_id).data) == 3
    assert [one.id for one in langfuse.fetch_sessions().data] == ["py2-session"]
    assert langfuse.client.health.health().status == "OK"
    assert langfuse.client.score.get(name="quality").data[0].value == 0.5
    config = {"name": "py2-range", "dataType": "NUMERIC", "minValue": 0, "maxValue": 10}
    from langfuse.api import CreateScoreConfigRequest

    made = langfuse.client.score_configs.create(request=CreateScoreConfigRequest(**config))
    assert langfuse.client.score_configs.get_by_id(made.id).max_value == 10
    langfuse.score(trace_id=trace_id, name="py2-range", value=7, config_id=made.id)
    langfuse.flush()
    wait_for(lambda: langfuse.client.score.get(name="py2-range").data, lambda found: len(found) == 1)


assert langfuse.auth_check()
first_trace = walk_tracing()
walk_decorators()
walk_prompts()
walk_datasets()
walk_reads(first_trace)
langfuse.shutdown()
print(json.dumps({"trace": first_trace, "python": sys.version.split()[0]}))
