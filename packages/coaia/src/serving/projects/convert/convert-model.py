"""Converts a fitted scikit-learn model with the packages of this interpreter.

stdin: {"from": path, "into": path, "to": "onnx"|"skops", "inputs": [{"name", "type"}], "named": bool}
stdout, last line: {} or {"missing": package} or {"error": sentence}
"""

import importlib.util
import json
import sys

# Types of libraries that make models, which skops does not open by itself; the worker has the same list.
KNOWN = ("sklearn.tree._tree.Tree", "sklearn.ensemble._hist_gradient_boosting.", "sklearn._loss.", "sklearn.neighbors._",
         "lightgbm.basic.Booster", "lightgbm.sklearn.", "xgboost.core.Booster", "xgboost.sklearn.", "imblearn.",
         "collections.OrderedDict", "collections.defaultdict")


def load(path):
    """The fitted model."""
    if path.endswith(".skops"):
        import skops.io

        found = skops.io.get_untrusted_types(file=path)
        return skops.io.load(path, trusted=[one for one in found if one.startswith(KNOWN)])
    import joblib

    return joblib.load(path)


def takes_columns(model):
    """Whether the model picks columns by name; others take one table."""
    steps = [step for _, step in getattr(model, "steps", [])] or [model]
    return any(type(step).__name__ == "ColumnTransformer" for step in steps)


def initial_types(order, model):
    """Inputs as skl2onnx wants them."""
    from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType

    if not takes_columns(model):
        return [("X", FloatTensorType([None, len(order["inputs"])]))]
    kinds = {"integer": Int64TensorType, "string": StringTensorType, "category": StringTensorType}
    return [(one["name"], kinds.get(one["type"], FloatTensorType)([None, 1])) for one in order["inputs"]]


def name_columns(graph, names):
    """Puts columns with names before a model that takes one table."""
    from onnx import TensorProto, helper

    nodes = [helper.make_node("Concat", names, ["X"], axis=1), *graph.node]
    del graph.node[:], graph.input[:]
    graph.node.extend(nodes)
    graph.input.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, 1]) for name in names)


def rename(graph, names):
    """Outputs get the names that they have here."""
    for node in graph.node:
        for index, name in enumerate(node.output):
            node.output[index] = names.get(name, name)
        for index, name in enumerate(node.input):
            node.input[index] = names.get(name, name)
    for output in graph.output:
        output.name = names.get(output.name, output.name)


def to_onnx(order):
    """Writes ONNX; probabilities as a plain array."""
    from skl2onnx import to_onnx as convert

    model = load(order["from"])
    is_classifier = hasattr(model, "predict_proba") or getattr(model, "_estimator_type", "") == "classifier"
    options = {id(model): {"zipmap": False}} if is_classifier else None
    converted = convert(model, initial_types=initial_types(order, model), options=options)
    wanted = ["label", "probability"] if is_classifier else ["prediction"]
    if not hasattr(model, "predict"):
        wanted = ["output"]
    rename(converted.graph, dict(zip([one.name for one in converted.graph.output], wanted)))
    if order["named"] and not takes_columns(model):
        name_columns(converted.graph, [one["name"] for one in order["inputs"]])
    with open(order["into"], "wb") as file:
        file.write(converted.SerializeToString())


def to_skops(order):
    """Writes skops, which can be opened without running code."""
    import skops.io

    skops.io.dump(load(order["from"]), order["into"])


def main():
    order = json.load(sys.stdin)
    package = "skl2onnx" if order["to"] == "onnx" else "skops"
    if importlib.util.find_spec(package) is None:
        return {"missing": package}
    try:
        {"onnx": to_onnx, "skops": to_skops}[order["to"]](order)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {}


print("\n" + json.dumps(main()))
