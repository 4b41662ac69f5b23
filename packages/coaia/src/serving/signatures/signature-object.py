"""Opens a fitted Python object and says what it takes: `signature-object.py PATH`, one JSON object on stdout."""
import ast
import json
import math
import os
import sys

OUT = os.fdopen(os.dup(1), "w", encoding="utf-8")
# What the object prints while it is opened must not get between the answer and its reader.
os.dup2(2, 1)

# Types of libraries that make models, which skops does not open by itself; the worker has the same list.
KNOWN = ("sklearn.tree._tree.Tree", "sklearn.ensemble._hist_gradient_boosting.", "sklearn._loss.", "sklearn.neighbors._",
         "lightgbm.basic.Booster", "lightgbm.sklearn.", "xgboost.core.Booster", "xgboost.sklearn.", "imblearn.",
         "collections.OrderedDict", "collections.defaultdict")
SAME_VALUES = {"SimpleImputer", "KNNImputer", "IterativeImputer"}
SAME_COLUMNS = SAME_VALUES | {"StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "OrdinalEncoder",
                              "FunctionTransformer", "PowerTransformer", "QuantileTransformer"}
TAKES_MISSING = ("HistGradientBoosting", "XGB", "LGBM", "CatBoost")
WORDS = {"TfidfVectorizer", "CountVectorizer", "HashingVectorizer"}
WRAPPERS = ("best_estimator_", "regressor_")


def open_object(path):
    if path.endswith(".skops"):
        import skops.io
        found = skops.io.get_untrusted_types(file=path)
        return skops.io.load(path, trusted=[one for one in found if one.startswith(KNOWN)])
    try:
        import joblib
    except ImportError:
        import pickle
        with open(path, "rb") as file:
            return pickle.load(file)
    return joblib.load(path)


def plain(value):
    """A number, text or truth of numpy as Python's own; None for what is missing."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def find_names(model):
    names = getattr(model, "feature_names_in_", None)
    if names is None and hasattr(model, "feature_name") and hasattr(model, "num_feature"):
        names = model.feature_name()
    if names is None and type(model).__module__.startswith("xgboost.core"):
        names = model.feature_names
    if names is None and hasattr(model, "get_booster"):
        names = model.get_booster().feature_names
    if names is None and hasattr(model, "feature_name_"):
        names = model.feature_name_
    return None if names is None else [str(name) for name in names]


def find_booster(model):
    """The trees of LightGBM or XGBoost, whatever wraps them; None for other models."""
    booster = getattr(model, "_Booster", None)
    booster = model.get_booster() if hasattr(model, "get_booster") else booster
    own = type(model).__module__.startswith(("lightgbm.basic", "xgboost.core"))
    return model if own else booster


def read_booster(booster, walk, names):
    """Levels that the trees keep in the order of their codes, and the ranges that LightGBM keeps."""
    for name in names:
        walk.note(name, nullable=True)
    if hasattr(booster, "pandas_categorical"):
        infos = booster.dump_model(num_iteration=1)["feature_infos"]
        levels = list(booster.pandas_categorical or [])
        for name in names:
            info = infos.get(name, {})
            if info.get("values") and levels:
                walk.note(name, levels=[plain(level) for level in levels.pop(0)])
            elif info and not info.get("values"):
                walk.note(name, trained=[plain(info["min_value"]), plain(info["max_value"])])
        return
    kinds = booster.feature_types or []
    if "c" not in kinds:
        return
    known = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]["model"].get("cats", {}).get("enc", [])
    for place, (name, kind) in enumerate(zip(names, kinds)):
        levels = read_levels(known[place]) if kind == "c" and place < len(known) else []
        if kind == "c":
            walk.note(name, **({"levels": levels} if levels else {"unsure": True}))


def read_levels(one):
    """Categories as XGBoost 3.1 and later write them: numbers, or texts cut out of bytes."""
    ends, values = one.get("offsets"), one["values"]
    if not ends:
        return list(values)
    return [bytes(values[start:end]).decode() for start, end in zip(ends, ends[1:])]


def read_statsmodels(model, walk):
    """Names of the variables of a formula, or of the columns without the constant."""
    data = model.model.data
    spec = getattr(data, "design_info", None) or getattr(data, "model_spec", None)
    infos = getattr(spec, "factor_infos", None)
    if infos is None:
        return [name for name in model.model.exog_names if name != "const"]
    frame, names = getattr(data, "frame", None), []
    for factor, info in infos.items():
        for node in ast.walk(ast.parse(factor.code, mode="eval")):
            is_known = isinstance(node, ast.Name) and (frame is None or node.id in frame.columns)
            if is_known and node.id not in names and node.id not in ("C", "np", "Q", "Treatment", "Sum"):
                names.append(node.id)
                read_variable(node.id, info, frame, walk)
    return names


def read_variable(name, info, frame, walk):
    if info.type == "categorical":
        levels = [plain(level) for level in info.categories]
        walk.note(name, levels=levels, typical=levels[0])
    elif frame is not None and frame[name].dtype.kind in "iufb":
        column = frame[name].dropna().astype(float)
        walk.note(name, trained=[plain(column.min()), plain(column.max())], typical=plain(column.median()))


class Changed(list):
    """Names of columns whose values a step has replaced: what later steps learned of them is on another scale."""


class Walk:
    """What the steps know of the columns that go in."""

    def __init__(self):
        self.fields = {}
        self.dropped = set()
        self.takes_text = False

    def note(self, name, **facts):
        if name is not None:
            self.fields.setdefault(name, {}).update({key: value for key, value in facts.items() if value is not None})

    def visit(self, step, columns):
        """Returns the columns as they leave the step, or None when they are others by then."""
        kind = type(step).__name__
        for inner in WRAPPERS:
            if hasattr(step, inner):
                return self.visit(getattr(step, inner), columns)
        if hasattr(step, "steps"):
            for _, one in step.steps:
                columns = self.visit(one, columns)
            return None
        for one in list_inner(step):
            self.visit(one, columns)
        if hasattr(step, "transformers_"):
            self.visit_columns(step, columns)
            return None
        if hasattr(step, "transformer_list"):
            for _, one in step.transformer_list:
                self.visit(one, columns)
            return None
        if step == "passthrough":
            return columns
        if kind in WORDS and columns is None:
            self.takes_text = True
        if columns is not None:
            self.read(step, kind, columns)
        if columns is None or kind not in SAME_COLUMNS:
            return None
        return columns if kind in SAME_VALUES else Changed(columns)

    def visit_columns(self, step, columns):
        names = columns if columns is not None else find_names(step) or []
        for _, one, chosen in step.transformers_:
            taken = type(names)(choose(chosen, names))
            if isinstance(one, str) and one == "drop":
                self.dropped.update(taken)
            elif not isinstance(one, str):
                self.visit(one, taken)
                if isinstance(chosen, str) and type(one).__name__ in WORDS:
                    self.note(chosen, type="string")

    def read(self, step, kind, columns):
        if kind.endswith("Imputer") or kind.startswith(TAKES_MISSING):
            for name in columns:
                self.note(name, nullable=True)
        if isinstance(columns, Changed):
            return
        for name, levels in zip(columns, getattr(step, "categories_", [])):
            self.read_levels(name, step, [plain(level) for level in levels])
        for source in ("mean_", "center_", "statistics_"):
            values = getattr(step, source, None)
            if values is not None:
                for name, value in zip(columns, values):
                    value = plain(value)
                    self.note(name, typical=value if isinstance(value, (int, float)) else None)
        if hasattr(step, "data_min_"):
            for name, low, high in zip(columns, step.data_min_, step.data_max_):
                self.note(name, trained=[plain(low), plain(high)])

    def read_levels(self, name, step, levels):
        known = [level for level in levels if level is not None]
        is_open = getattr(step, "handle_unknown", "error") in ("ignore", "infrequent_if_exist", "use_encoded_value", "warn")
        self.note(name, levels=known, open=is_open or None, nullable=len(known) < len(levels) or None,
                  typical=known[0] if known else None)


def list_inner(step):
    """Models that a calibrated, voting or stacked one asks with the same columns, where they can say something."""
    calibrated = getattr(step, "calibrated_classifiers_", [])[:1]
    inner = [getattr(one, "estimator", None) or getattr(one, "base_estimator", None) for one in calibrated]
    several = getattr(step, "estimators_", None)
    inner += several if isinstance(several, list) else []
    pre = getattr(step, "_preprocessor", None)
    return [one for one in inner if hasattr(one, "steps") or hasattr(one, "transformers_")] + [pre] * (pre is not None)


def choose(chosen, names):
    """The columns of one transformer: names, places, a slice or a mask."""
    if isinstance(chosen, str):
        return [chosen]
    if isinstance(chosen, slice):
        if isinstance(chosen.start, str) or isinstance(chosen.stop, str):
            start = names.index(chosen.start) if chosen.start else 0
            stop = names.index(chosen.stop) + 1 if chosen.stop else None
            return names[start:stop]
        return names[chosen]
    chosen = chosen.tolist() if hasattr(chosen, "tolist") else list(chosen) if hasattr(chosen, "__iter__") else [chosen]
    if chosen and all(isinstance(one, bool) for one in chosen):
        return [name for name, is_in in zip(names, chosen) if is_in]
    return [one if isinstance(one, str) else names[one] if -len(names) <= one < len(names) else None for one in chosen]


def describe(model):
    names = find_names(model)
    count = getattr(model, "n_features_in_", len(names) if names else None)
    walk = Walk()
    if hasattr(model, "model") and hasattr(getattr(model, "model"), "exog_names"):
        names = read_statsmodels(model, walk)
        count = len(names)
    if hasattr(model, "X_thresholds_"):
        count = 1
        walk.note("x1", trained=[plain(model.X_min_), plain(model.X_max_)])
    columns = names or ([f"x{place + 1}" for place in range(int(count))] if count else None)
    walk.visit(model, columns)
    booster = find_booster(model)
    if booster is not None and columns:
        read_booster(booster, walk, columns)
    classes = getattr(model, "classes_", None)
    kind = "classifier" if classes is not None else "other" if hasattr(model, "fit_predict") else "regressor"
    for name in walk.dropped:
        # The object wants to see the column, and looks at nothing in it.
        walk.note(name, type="string", optional=True, nullable=True, description="Not used by the model.")
    module = type(model).__module__.split(".")[0]
    return {
        "platform": f"python_{module if module != '__main__' else 'object'}",
        "class": type(model).__name__,
        "isModel": hasattr(model, "predict") or hasattr(model, "transform"),
        "kind": kind if hasattr(model, "predict") else "other",
        "names": names,
        "count": None if count is None else int(count),
        "fields": walk.fields,
        "classes": None if classes is None or isinstance(classes, list) else [plain(one) for one in classes],
        "hasProbability": callable(getattr(model, "predict_proba", None)),
        "takesText": walk.takes_text and count is None,
    }


def answer():
    try:
        return describe(open_object(sys.argv[1]))
    except ModuleNotFoundError as error:
        return {"error": str(error), "package": error.name}
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"[:1000]}


OUT.write(json.dumps(answer(), allow_nan=False))
OUT.flush()
# Nothing the object left behind is waited for.
os._exit(0)
