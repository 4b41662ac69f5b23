"""Models of tests: `fixture-models.py FOLDER` fits them with the scikit-learn and onnx that are there."""
import json
import sys
import warnings

import joblib
import numpy
import pandas
import sklearn.base
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, OneHotEncoder, StandardScaler

warnings.simplefilter("ignore")
FOLDER = sys.argv[1]
RANDOM = numpy.random.default_rng(7)
N = 120
CUSTOMERS = pandas.DataFrame(
    {
        "age": RANDOM.integers(18, 80, N),
        "income": RANDOM.normal(40_000, 9_000, N).round(2),
        "plan": RANDOM.choice(["basic", "plus", "pro"], N),
        "region": RANDOM.choice(["north", "south"], N),
    }
)
CHURN = ((CUSTOMERS.age < 40) ^ (CUSTOMERS.plan == "pro") ^ (RANDOM.random(N) < 0.1)).astype(int)
CARS = pandas.DataFrame({"wt": RANDOM.uniform(1.5, 5.4, N), "hp": RANDOM.uniform(52, 335, N)})
MPG = 37 - 3.9 * CARS.wt - 0.03 * CARS.hp + RANDOM.normal(0, 1, N)
EXPECTED = {}


def pipeline(**encoding):
    encode = ColumnTransformer(
        [("words", OneHotEncoder(**encoding), ["plan", "region"]), ("numbers", StandardScaler(), ["age", "income"])]
    )
    return Pipeline([("encode", encode), ("fit", LogisticRegression())])


def keep(kind, model, rows):
    joblib.dump(model, f"{FOLDER}/{kind}.joblib")
    if not hasattr(model, "predict"):
        EXPECTED[kind] = {"output": model.transform(rows).tolist()}
        return
    EXPECTED[kind] = {"prediction": model.predict(rows).tolist()}
    if hasattr(model, "predict_proba"):
        EXPECTED[kind]["probability"] = model.predict_proba(rows).tolist()


def fit_all():
    keep("classifier", pipeline().fit(CUSTOMERS, CHURN), CUSTOMERS[:8])
    keep("open", pipeline(handle_unknown="ignore").fit(CUSTOMERS, CHURN), CUSTOMERS[:8])
    names = CHURN.map({0: "stays", 1: "leaves"})
    keep("words", pipeline().fit(CUSTOMERS, names), CUSTOMERS[:8])
    keep("regressor", LinearRegression().fit(CARS.to_numpy(), MPG), CARS[:8].to_numpy())
    keep("forest", RandomForestRegressor(5, random_state=7).fit(CARS, MPG), CARS[:8])
    keep("transformer", StandardScaler().fit(CARS), CARS[:8])
    steps = [("log", FunctionTransformer(numpy.log1p)), ("range", MinMaxScaler()), ("scale", StandardScaler())]
    keep("scaled", Pipeline([*steps, ("fit", LinearRegression())]).fit(CARS, MPG), CARS[:8])
    joblib.dump(pipeline().fit(CUSTOMERS, CHURN), f"{FOLDER}/packed.joblib", compress=3)
    texts, said = ["good", "kind, good", "bad", "so bad"], ["praise", "praise", "blame", "blame"]
    keep("texts", Pipeline([("read", TfidfVectorizer()), ("fit", LogisticRegression())]).fit(texts, said), texts)
    there = sklearn.base.__version__
    sklearn.base.__version__ = "0.24.2"
    keep("skewed", LinearRegression().fit(CARS, MPG), CARS[:8])
    sklearn.base.__version__ = there
    CUSTOMERS[:8].to_csv(f"{FOLDER}/customers.csv", index=False)
    CARS[:8].to_csv(f"{FOLDER}/cars.csv", index=False)


def graph(kind, nodes, inputs, outputs, weights):
    from onnx import TensorProto, checker, helper, numpy_helper, save

    kinds = {"f": TensorProto.FLOAT, "d": TensorProto.DOUBLE, "i": TensorProto.INT64, "s": TensorProto.STRING,
             "h": TensorProto.FLOAT16}

    def describe(entries):
        return [helper.make_tensor_value_info(name, kinds[letter], shape) for name, letter, shape in entries]

    constants = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    made = helper.make_graph(nodes, kind, describe(inputs), describe(outputs), constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], producer_name="coaia")
    model.ir_version = 8
    checker.check_model(model)
    save(model, f"{FOLDER}/{kind}.onnx")


def write_onnx():
    from onnx import helper

    node = helper.make_node
    slope = numpy.array([[-3.75], [-0.03125]], dtype=numpy.float32)
    start = numpy.array([37.25], dtype=numpy.float32)
    weights = {"slope": slope, "start": start}
    line = [node("MatMul", ["X", "slope"], ["raw"]), node("Add", ["raw", "start"], ["prediction"])]
    graph("linear", line, [("X", "f", ["n", 2])], [("prediction", "f", ["n", 1])], weights)
    named = [node("Concat", ["wt", "hp"], ["X"], axis=1), *line]
    graph("named", named, [("wt", "f", ["n", 1]), ("hp", "f", ["n", 1])], [("prediction", "f", ["n", 1])], weights)
    planes = numpy.array([[1, -1, 0], [0.5, 0, -0.5], [-1, 1, 0.25], [0, 0.25, 1]], dtype=numpy.float32)
    classify = [
        node("MatMul", ["features", "planes"], ["raw"]),
        node("Softmax", ["raw"], ["probability"], axis=1),
        node("ArgMax", ["raw"], ["label"], axis=1, keepdims=0),
    ]
    outputs = [("label", "i", ["n"]), ("probability", "f", ["n", 3])]
    graph("onnx-classifier", classify, [("features", "f", ["n", 4])], outputs, {"planes": planes})
    both = [node("Add", ["a", "b"], ["sum"]), node("Mul", ["a", "b"], ["product"])]
    graph("half", both, [("a", "h", ["n"]), ("b", "h", ["n"])], [("sum", "h", ["n"]), ("product", "h", ["n"])], {})
    rows = CARS[:8].to_numpy(dtype=numpy.float32)
    EXPECTED["linear"] = EXPECTED["named"] = {"prediction": (rows @ slope + start)[:, 0].astype(float).tolist()}


fit_all()
try:
    write_onnx()
except ImportError as error:
    print(f"no onnx: {error}", file=sys.stderr)
with open(f"{FOLDER}/expected.json", "w", encoding="utf-8") as file:
    json.dump({**EXPECTED, "rows": {"customers": CUSTOMERS[:8].to_dict("records"), "cars": CARS[:8].to_dict("records")}}, file)
