"""A fitted object in a file: how it is opened, and how it is asked."""
import importlib
import sys

from explain_terms import find_terms
from predict_columns import Failure, to_list, to_matrix, to_table

# Of the libraries that make models; what else skops does not trust could be made to run code.
KNOWN = ("sklearn.tree._tree.Tree", "sklearn.ensemble._hist_gradient_boosting.", "sklearn._loss.", "sklearn.neighbors._",
         "lightgbm.basic.Booster", "lightgbm.sklearn.", "xgboost.core.Booster", "xgboost.sklearn.", "imblearn.",
         "collections.OrderedDict", "collections.defaultdict")


def read_artifact(path):
    if path.endswith(".skops"):
        return read_skops(path)
    try:
        import joblib
    except ImportError:
        if path.endswith(".joblib"):
            raise
        import pickle
        with open(path, "rb") as file:
            return pickle.load(file)
    return joblib.load(path)


def read_skops(path):
    """Types of the libraries that make models are known; anything else could be made to run code."""
    import skops.io
    found = skops.io.get_untrusted_types(file=path)
    strange = [one for one in found if not one.startswith(KNOWN)]
    if strange:
        raise Failure("artifact", f"it holds {', '.join(strange[:5])}, which skops does not open without trust; "
                                  "save it with joblib.dump() and allow that file with ao trust")
    return skops.io.load(path, trusted=found)


def find_names(model):
    """Column names in the order of training, or None for a model that takes a matrix; `const` is filled in."""
    names = getattr(model, "feature_names_in_", None)
    if names is None and hasattr(model, "num_feature"):
        names = model.feature_name()
    if names is None and type(model).__module__.startswith("xgboost.core"):
        names = model.feature_names
    inner = getattr(model, "model", None)
    return inner.exog_names if names is None and hasattr(inner, "exog_names") else names


def read_named(model, names):
    """Reads a data frame; levels get the codes of training, which trees of LightGBM and XGBoost go by."""
    pandas = importlib.import_module("pandas")
    has_codes = type(model).__module__.startswith(("lightgbm", "xgboost"))
    is_formula = hasattr(getattr(model, "model", None), "formula")

    def read(columns, fields):
        table = to_table(columns, fields)
        for field in fields if has_codes else ():
            if field["type"] == "category":
                table[field["name"]] = pandas.Categorical(table[field["name"]], field["levels"])
        if "const" in names and "const" not in table:
            table["const"] = 1.0
        return table if is_formula else table[list(names)]
    return read


def load_object(model, inputs, wanted):
    module = type(model).__module__.split(".")[0]
    names = find_names(model)
    read = to_matrix
    if names is not None:
        read = read_named(model, names)
    elif len(inputs) == 1 and inputs[0]["type"] == "string" and takes_texts(model):
        read = lambda columns, fields: to_list(columns[fields[0]["name"]], fields[0])
    prepare, last = split_pipeline(model)
    steps = {}
    if hasattr(last, "predict"):
        is_classifier = hasattr(last, "classes_")
        steps["label" if is_classifier else "prediction"] = to_predict(last)
        if hasattr(last, "predict_proba"):
            steps["probability"] = last.predict_proba
    elif hasattr(last, "transform"):
        steps["output"] = last.transform
    elif callable(last):
        steps["prediction"] = last
    else:
        raise Failure("artifact", f"an object of class {type(model).__name__} has no predict and no transform")
    asked = {name: step for name, step in steps.items() if name in wanted} or steps

    def predict(columns, rows):
        table = prepare(read(columns, inputs))
        return apart({name: step(table) for name, step in asked.items()})
    loaded = {"predict": predict, "platform": "python_" + module}
    about, explain = find_terms(model, inputs) or (None, None)
    if about is None:
        return loaded
    return {**loaded, "explains": about, "explain": lambda columns, rows: explain(read(columns, inputs))}


def to_predict(model):
    """The booster of XGBoost wants its own kind of table."""
    if not type(model).__module__.startswith("xgboost.core"):
        return model.predict
    xgboost = importlib.import_module("xgboost")
    return lambda table: model.predict(xgboost.DMatrix(table, enable_categorical=True))


def apart(outputs):
    """Models of several targets give a list of probabilities: one output for each, counted from 1."""
    several = outputs.get("probability")
    if not isinstance(several, list):
        return outputs
    given = {name: values for name, values in outputs.items() if name != "probability"}
    return {**given, **{f"probability_{place + 1}": values for place, values in enumerate(several)}}


def takes_texts(model):
    """True for a model whose first step is one of scikit-learn's readers of text, which want a plain list."""
    model = getattr(model, "best_estimator_", model)
    if hasattr(model, "steps"):
        return any(takes_texts(step) for _, step in model.steps[:1])
    if hasattr(model, "transformer_list"):
        return any(takes_texts(step) for _, step in model.transformer_list)
    return hasattr(model, "build_analyzer")


def split_pipeline(model):
    """The transformations of a pipeline and its last step, so that the rows are transformed once for all outputs."""
    pipeline = sys.modules.get("sklearn.pipeline")
    if pipeline is None or type(model) is not pipeline.Pipeline or not hasattr(model.steps[-1][1], "predict"):
        return (lambda table: table), model
    steps = [step for _, step in model.steps[:-1] if step is not None and step != "passthrough"]

    def prepare(table):
        for step in steps:
            table = step.transform(table)
        return table
    return prepare, model.steps[-1][1]
