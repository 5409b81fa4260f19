#!/usr/bin/python3
"""Trains a model for AiAdaptive from the features that `MaoTrade.Engine -- features` wrote. See docs/models.md.

    /usr/bin/python3 training/train.py --features features.csv --name direction --version 1 --out direction-1.maomodel

Writes the model file and, beside it, the model card. The same features and options give the same bytes. Exit code 2: bad data or options.
"""

import argparse
import hashlib
import os
import re
import sys

import numpy

import card
import ensembles
import features as feature_files
import modelfile
import scores
import walkforward
from features import HORIZON

DECILES = numpy.arange(1, 10) / 10
LEAST_TRAINED = 50


def arguments():
    """The options, checked."""
    parser = argparse.ArgumentParser(description="Trains a model for AiAdaptive")
    parser.add_argument("--features", required=True, help="file of 'MaoTrade.Engine -- features'")
    parser.add_argument("--name", required=True, help="name of the model, letters, digits, . _ -")
    parser.add_argument("--version", required=True, help="name of this version")
    parser.add_argument("--out", required=True, help="the model file; the card gets the same name with .md")
    parser.add_argument("--symbol", help="ticker of the bars, for measuring drift later")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--folds", type=int, default=5, help="test parts of the walk forward")
    parser.add_argument("--trees", type=int, default=100, help="trees of each ensemble")
    parser.add_argument("--forest-depth", type=int, default=10)
    parser.add_argument("--depth", type=int, default=6, help="depth of the boosted trees")
    parser.add_argument("--rate", type=float, default=0.1, help="learning rate of the boosted trees")
    parser.add_argument("--jobs", type=int, default=1, help="threads; the result is the same")
    options = parser.parse_args()
    for name in ["name", "version"]:
        if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}", getattr(options, name)):
            parser.error(f"--{name}: 1 to 64 of letters, digits, '.', '_' and '-' are expected")
    for name, least, most in [("folds", 1, 50), ("trees", 1, 1000), ("forest_depth", 1, 24), ("depth", 1, 24), ("jobs", 1, 256), ("seed", 0, 2**31 - 1)]:
        if not least <= getattr(options, name) <= most:
            parser.error(f"--{name.replace('_', '-')}: {least} to {most} is expected")
    if not 0 < options.rate <= 1:
        parser.error("--rate: above 0, at most 1 is expected")
    return options


def scale(rows):
    """Mean and population deviation of the rows; a deviation of 0 where nothing changes."""
    return rows.mean(axis=0), numpy.where(rows.min(axis=0) < rows.max(axis=0), rows.std(axis=0), 0.0)


def standardised(rows, mean, deviation):
    """What the trees see: float32, as both libraries compare it; 0 where the deviation is."""
    changing = numpy.where(deviation == 0, 1.0, deviation)
    return numpy.where(deviation == 0, 0.0, (rows - mean) / changing).astype(numpy.float32)


def walk(data, labels, options):
    """The folds with their scores, and the scores of all test parts together."""
    folds, truth, said = [], [], []
    for trained, begin, end in walkforward.splits(len(labels), options.folds, HORIZON):
        if trained < LEAST_TRAINED or end <= begin:
            raise feature_files.BadData(f"{options.features}: {len(labels)} rows with labels are too few for {options.folds} folds")
        mean, deviation = scale(data.values[:trained])
        rows = standardised(data.values[:trained], mean, deviation)
        models = ensembles.fit(rows, labels[:trained], options)
        predictions = ensembles.predict(models, standardised(data.values[begin:end], mean, deviation))
        truth.append(labels[begin:end])
        said.append(predictions)
        folds.append(
            {
                "trainFrom": int(data.frame[0]),
                "trainTo": int(data.frame[trained - 1]),
                "labelsTo": int(data.frame[trained - 1 + HORIZON]),
                "testFrom": int(data.frame[begin]),
                "testTo": int(data.frame[end - 1]),
                "trainRows": trained,
                "trainSha256": hashlib.sha256(rows.tobytes() + labels[:trained].tobytes()).hexdigest(),
                "scores": scores.of(truth[-1], predictions),
            }
        )
    return folds, scores.of(numpy.concatenate(truth), numpy.concatenate(said))


def described_features(data, rows, mean, deviation, importance):
    """What the header says of each feature, with the bins drift is measured with."""
    described = []
    for place, name in enumerate(data.names):
        column = rows[:, place]
        edges = numpy.quantile(column, DECILES)
        counts = numpy.bincount(numpy.searchsorted(edges, column, side="right"), minlength=len(edges) + 1)
        described.append(
            {
                "name": name,
                "mean": float(mean[place]),
                "deviation": float(deviation[place]),
                "importance": float(importance[place]),
                "edges": [float(edge) for edge in edges],
                "shares": [float(count) / len(column) for count in counts],
            }
        )
    return described


def train(options):
    """Walks forward, trains on everything, writes file and card."""
    data = feature_files.read(options.features)
    labels = feature_files.labels(data)
    if (labels == labels[0]).all():
        raise feature_files.BadData(f"{options.features}: all labels are {labels[0]}: the prices never move")
    folds, together = walk(data, labels, options)
    rows = data.values[: len(labels)]
    mean, deviation = scale(rows)
    models = ensembles.fit(standardised(rows, mean, deviation), labels, options)
    header = {
        "name": options.name,
        "version": options.version,
        "featuresSha256": modelfile.features_digest(data.names),
        "features": described_features(data, rows, mean, deviation, ensembles.importance(models)),
        "training": {
            "symbol": options.symbol,
            "timeFrameSeconds": data.time_frame,
            "horizon": HORIZON,
            "seed": options.seed,
            "rows": len(labels),
            "fromUnixSeconds": int(data.frame[0]),
            "toUnixSeconds": int(data.frame[len(labels) - 1]),
            "dataSha256": data.sha256,
            "scores": together,
            "folds": folds,
        },
    }
    modelfile.write(options.out, header, {kind: ensembles.describe(kind, models[kind], options) for kind in ensembles.KINDS})
    card.write(os.path.splitext(options.out)[0] + ".md", header)
    print(f"{options.out}: {len(labels)} rows, accuracy {together['accuracy']:.3f}, F1 {together['f1']:.3f}, R² {together['validationScore']:.3f}")


if __name__ == "__main__":
    try:
        train(arguments())
    except (feature_files.BadData, OSError) as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
