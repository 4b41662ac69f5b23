"""Exact explanations of linear models: which part of the sum each input is. Nothing is estimated.

A linear model adds up coefficients times columns, on the scale of its link. Where every column comes from one input,
the columns of an input together are its term; where a step makes columns of several, the terms are those columns.
"""
import sys

from predict_columns import Failure

MAX_TERMS = 500
LOG = {"PoissonRegressor", "GammaRegressor"}
SAME = {"StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "OrdinalEncoder", "PowerTransformer",
        "QuantileTransformer", "Binarizer"}
BASELINE = "the intercept: every column that enters the sum is 0"


def split_steps(model):
    """Steps before the linear model, and the model itself."""
    model = getattr(model, "best_estimator_", model)
    if not hasattr(model, "steps"):
        return [], model
    steps = [step for _, step in model.steps]
    before, last = split_steps(steps[-1])
    return [step for step in steps[:-1] if step is not None and step != "passthrough"] + before, last


def find_link(last):
    """`identity`, `log` or `score` (of a classifier); None for what is no linear model of scikit-learn."""
    kind, module = type(last).__name__, type(last).__module__
    if not (module.startswith("sklearn.linear_model.") or kind in ("LinearSVC", "LinearSVR")):
        return None
    if not hasattr(last, "coef_") or not hasattr(last, "intercept_") or kind == "MultiTaskLasso":
        return None
    if kind == "TweedieRegressor":
        return "log" if last.link == "log" or last.link == "auto" and last.power > 0 else "identity"
    if kind in LOG:
        return "log"
    return "score" if hasattr(last, "classes_") else "identity"


def follow(step, owners):
    """The owner of each column that leaves a step, or None where that is not known."""
    kind = type(step).__name__
    if step == "passthrough":
        return owners
    if hasattr(step, "steps"):
        for _, one in step.steps:
            owners = None if owners is None else follow(one, owners)
        return owners
    if hasattr(step, "transformers_"):
        return follow_columns(step, owners)
    if kind in SAME:
        return owners
    if kind == "FunctionTransformer":
        ufunc = sys.modules["numpy"].ufunc
        return owners if step.func is None or isinstance(step.func, ufunc) else None
    if kind == "SimpleImputer":
        kept = [owner for owner, value in zip(owners, step.statistics_) if value == value]
        return kept + ([owners[place] for place in step.indicator_.features_] if step.add_indicator else [])
    if kind == "OneHotEncoder":
        wide = getattr(step, "_n_features_outs", None)
        return None if wide is None else [owner for owner, count in zip(owners, wide) for _ in range(int(count))]
    if kind == "SplineTransformer":
        return [owner for owner in owners for _ in range(step.n_features_out_ // len(owners))]
    if kind == "PolynomialFeatures" and len(set(owners)) == len(owners):
        return list(step.get_feature_names_out(owners))
    return list(step.get_feature_names_out()) if kind in ("PCA", "TruncatedSVD") else None


def follow_columns(step, owners):
    places = getattr(step, "_transformer_to_input_indices", None)
    if places is None:
        return None
    left = {}
    for name, one, _ in step.transformers_:
        part = step.output_indices_.get(name, slice(0, 0))
        if part.stop - (part.start or 0) == 0:
            continue
        owned = follow(one, [owners[place] for place in places[name]])
        if owned is None or len(owned) != part.stop - part.start:
            return None
        left.update(zip(range(part.start, part.stop), owned))
    return [left[place] for place in sorted(left)]


def describe_scale(link, last):
    if link != "score":
        return {"identity": "the prediction", "log": "the logarithm of the prediction"}[link]
    classes = [str(one) for one in last.classes_]
    kind = type(last).__name__
    if len(classes) == 2:
        what = "log-odds" if kind.startswith("LogisticRegression") else "decision function, above 0 for the class"
        return f"{what} of {classes[1]}" if what == "log-odds" else f"{what} {classes[1]}"
    return f"score of each class: {', '.join(classes)}"


def find_terms(model, inputs):
    """What is said of the explanation, and a function of a table that gives it by name; None where none is exact."""
    try:
        return make_terms(model, inputs)
    except (AttributeError, TypeError, ValueError, KeyError, IndexError):
        # A step of another version of the library, about which too little is known.
        return None


def make_terms(model, inputs):
    before, last = split_steps(model)
    link = find_link(last)
    if link is None:
        return None
    np = sys.modules["numpy"]
    names = getattr(model, "feature_names_in_", None)
    own = [field["name"] for field in inputs] if names is None else [str(name) for name in names]
    owners = own
    for step in before:
        owners = None if owners is None else follow(step, owners)
    slopes = np.atleast_2d(last.coef_)
    if owners is None or slopes.shape[1] != len(owners) or len(set(owners)) > MAX_TERMS:
        return None
    order = [name for name in own if name in owners] + [name for name in dict.fromkeys(owners) if name not in own]
    parts = {owner: [place for place, one in enumerate(owners) if one == owner] for owner in order}
    is_many = len(slopes) > 1
    fixed = np.broadcast_to(np.asarray(last.intercept_, dtype=float), len(slopes))

    def explain(table):
        for step in before:
            table = step.transform(table)
        values = np.asarray(table.toarray() if hasattr(table, "toarray") else table, dtype=float)
        terms = {owner: values[:, places] @ slopes[:, places].T for owner, places in parts.items()}
        total = fixed + sum(terms.values())
        told = last.decision_function(table) if link == "score" else last.predict(table)
        told = np.log(told) if link == "log" else told
        if not np.allclose(total, np.reshape(told, total.shape), rtol=1e-8, atol=1e-8):
            raise Failure("model", "the terms do not add up to what the model says, so they are not given")
        shape = (lambda part: part) if is_many else (lambda part: part[:, 0])
        given = {"baseline": np.broadcast_to(fixed, total.shape), "total": total}
        given.update({f"term:{owner}": part for owner, part in terms.items()})
        return {name: np.ascontiguousarray(shape(part)) for name, part in given.items()}
    return {"kind": "terms", "scale": describe_scale(link, last), "baseline": BASELINE}, explain
