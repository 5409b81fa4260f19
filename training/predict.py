#!/usr/bin/python3
"""What the libraries themselves predict, for comparing: trains as train.py does and predicts rows of a second file.

    /usr/bin/python3 training/predict.py --features features.csv --rows rows.csv --name x --version 1 --out predictions.csv [options of train.py]

`rows.csv` has the features' columns only; an empty cell is a missing value. Writes prediction, random_forest, gradient_boosting, xgboost;
where scikit-learn refuses a row (missing or beyond float32) only the last one stands there.
"""

import sys

import numpy
import pandas

import ensembles
import features as feature_files
import train


def main():
    sys.argv, rows = without(sys.argv, "--rows")
    options = train.arguments()
    data = feature_files.read(options.features)
    labels = feature_files.labels(data)
    values = data.values[: len(labels)]
    mean, deviation = train.scale(values)
    models = ensembles.fit(train.standardised(values, mean, deviation), labels, options)
    with numpy.errstate(over="ignore"):
        wanted = train.standardised(pandas.read_csv(rows, float_precision="round_trip")[data.names].to_numpy(dtype=float), mean, deviation)
    table = numpy.full((len(wanted), 4), numpy.nan)
    whole = numpy.isfinite(wanted).all(axis=1)
    table[whole, 0] = ensembles.predict(models, wanted[whole])
    for place, kind in enumerate(ensembles.KINDS):
        known = whole if kind != "xgboost" else ~numpy.isinf(wanted).any(axis=1)
        table[known, place + 1] = models[kind].predict(wanted[known])
    pandas.DataFrame(table, columns=["prediction", *ensembles.KINDS]).to_csv(options.out, index=False, float_format="%.17g")


def without(words, name):
    """The words without an option and its value, and the value."""
    place = words.index(name)
    return words[:place] + words[place + 2 :], words[place + 1]


if __name__ == "__main__":
    main()
