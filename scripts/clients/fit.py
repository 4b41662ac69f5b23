"""Fits the classifier that clients ask, and writes a few rows with its answers."""
import json
import sys

import joblib
import numpy
import pandas
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

random = numpy.random.default_rng(3)
rows = pandas.DataFrame(
    {
        "income": random.normal(50, 12, 200).round(2),
        "debt": random.normal(10, 4, 200).round(2),
        "plan": random.choice(["basic", "gold"], 200),
    }
)
labels = numpy.where(rows.income - 3 * rows.debt + 9 * (rows.plan == "gold") > 22, "stays", "leaves")
words = ColumnTransformer([("words", OneHotEncoder(), ["plan"])], remainder="passthrough")
model = Pipeline([("words", words), ("model", LogisticRegression(max_iter=1000))]).fit(rows, labels)
joblib.dump(model, f"{sys.argv[1]}/churn.joblib")
few = rows.head(6)
json.dump(few.to_dict("records"), open(f"{sys.argv[1]}/rows.json", "w"))
json.dump([str(label) for label in model.predict(few)], open(f"{sys.argv[1]}/wanted.json", "w"))
