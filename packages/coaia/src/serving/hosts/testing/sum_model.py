"""A model for tests of both links: the sum of a row, and what a user's code may do wrong."""

import sys
import time
import warnings


def predict(frame):
    totals = [float(a + b + c + d) for a, b, c, d in zip(frame["a"], frame["b"], frame["c"], frame["d"])]
    if 42.0 in totals:
        warnings.warn("a row adds up to 42")
    if 43.0 in totals:
        print("a row adds up to 43")
    if 44.0 in totals:
        raise ValueError("44 is too much")
    if 45.0 in totals:
        time.sleep(30)
    if 46.0 in totals:
        sys.stdout.flush()
        import os

        os._exit(3)
    return totals


def explain(df):
    return {"share_of_a": df["a"] / (df["a"] + df["b"] + df["c"] + df["d"])}
