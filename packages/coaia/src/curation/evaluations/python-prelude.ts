/** What Python evaluators may use without importing it: the names that Langfuse gives them. */

export const PYTHON_PRELUDE = `
from dataclasses import dataclass, field
from typing import Any

@dataclass
class ToolCall:
    id: str = ""
    name: str = ""
    arguments: Any = None
    type: str = ""
    index: int = 0

@dataclass
class ObservationContext:
    input: Any = None
    output: Any = None
    metadata: Any = None
    tool_calls: list = field(default_factory=list)

@dataclass
class ExperimentContext:
    item_expected_output: Any = None
    item_metadata: Any = None

@dataclass
class EvaluationContext:
    observation: ObservationContext
    experiment: ExperimentContext | None = None

@dataclass
class Score:
    value: Any
    name: str
    data_type: str | None = None
    comment: str | None = None
    config_id: str | None = None
    metadata: dict | None = None

@dataclass
class EvaluationResult:
    scores: list

def _to_argument(value):
    seen = value["observation"]
    item = value.get("experiment")
    return EvaluationContext(
        observation=ObservationContext(
            input=seen["input"],
            output=seen["output"],
            metadata=seen["metadata"],
            tool_calls=[ToolCall(**call) for call in seen["toolCalls"]],
        ),
        experiment=None if item is None else ExperimentContext(
            item_expected_output=item["itemExpectedOutput"],
            item_metadata=item["itemMetadata"],
        ),
    )
`;
