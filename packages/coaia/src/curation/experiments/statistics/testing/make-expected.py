"""Makes expected.json with SciPy and NumPy; run by hand when a case is added (SciPy 1.17.1, NumPy 2.4.6).

The intervals are scipy.stats.bootstrap with a million resamples, so that what is left of chance is far below the
tolerance of the test, which draws ten thousand with another generator.
"""
import json
import sys

import numpy as np
from scipy import stats

rng = np.random.default_rng(7)


def rounded(values, digits=3):
    return [round(float(value), digits) for value in values]


LISTS = {
    "normal 40": rounded(rng.normal(0.05, 0.2, 40)),
    "skewed 25": rounded(rng.exponential(0.3, 25) - 0.1),
    "yes and no 60": rounded(rng.choice([-1, 0, 0, 0, 1, 1], 60), 0),
    "small 10": rounded(rng.normal(-0.3, 0.1, 10)),
    "latency 200": rounded(rng.lognormal(5, 1, 200) - 150),
}


def interval(values):
    # In 20 parts of 50,000: one list of a million times 200 does not fit small machines.
    ends = [
        stats.bootstrap((np.array(values),), np.mean, n_resamples=50_000, method="BCa", rng=seed).confidence_interval
        for seed in range(20)
    ]
    return {"low": float(np.mean([end.low for end in ends])), "high": float(np.mean([end.high for end in ends]))}


def student(values):
    mean, error = np.mean(values), stats.sem(values)
    low, high = stats.t.interval(0.95, len(values) - 1, loc=mean, scale=error)
    return {"low": float(low), "high": float(high)}


def wilson(hits, n):
    found = stats.binomtest(hits, n).proportion_ci(method="wilson")
    return {"hits": hits, "n": n, "low": float(found.low), "high": float(found.high)}


def mcnemar(left, right):
    p = stats.binomtest(left, left + right, 0.5).pvalue if left + right else 1.0
    return {"left": left, "right": right, "p": float(p),
            "midP": float(min(1.0, p - stats.binom.pmf(min(left, right), left + right, 0.5))) if left != right else 1.0}


json.dump({
    "bootstrap": [{"name": name, "values": values, "mean": float(np.mean(values)), "error": float(stats.sem(values)), **interval(values)}
                  for name, values in LISTS.items()],
    "student": [{"name": name, "values": values, **student(values)} for name, values in LISTS.items()],
    "wilson": [wilson(hits, n) for hits, n in [(0, 5), (3, 10), (10, 10), (41, 60), (731, 1000)]],
    "mcnemar": [mcnemar(left, right) for left, right in [(0, 0), (0, 5), (0, 6), (1, 8), (7, 7), (3, 14), (40, 61), (900, 1100)]],
    "normal": [{"x": x, "share": float(stats.norm.cdf(x))} for x in [-9, -4.2, -1.5, -0.1, 0, 0.3, 1.96, 3.5, 8]],
    "studentQuantile": [{"degrees": n, "t": float(stats.t.ppf(0.975, n))} for n in [1, 2, 3, 8, 9, 29, 250, 1999]],
    "quantile": [{"values": sorted(values), "share": share, "value": float(np.quantile(values, share))}
                 for values, share in [([3, 1, 2], 0.5), ([4, 1, 2, 9], 0.33), ([5, 5, 7, 1, 0.5], 0.975)]],
}, sys.stdout, indent=1)
