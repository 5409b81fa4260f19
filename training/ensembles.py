"""The three ensembles, and their trees as plain rows."""

import json

import numpy
import sklearn
import xgboost
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor

KINDS = ["random_forest", "gradient_boosting", "xgboost"]
WEIGHTS = {"random_forest": 0.4, "gradient_boosting": 0.4, "xgboost": 0.2}


def make(kind, options):
    """An untrained regressor; the same seed and data give the same trees."""
    if kind == "random_forest":
        return RandomForestRegressor(n_estimators=options.trees, max_depth=options.forest_depth, random_state=options.seed, n_jobs=options.jobs)
    if kind == "gradient_boosting":
        return GradientBoostingRegressor(n_estimators=options.trees, learning_rate=options.rate, max_depth=options.depth, random_state=options.seed)
    return xgboost.XGBRegressor(
        n_estimators=options.trees, learning_rate=options.rate, max_depth=options.depth, random_state=options.seed, n_jobs=options.jobs, tree_method="exact"
    )


def fit(rows, labels, options):
    """Trains all kinds on float32 rows, which is what both libraries compare."""
    return {kind: make(kind, options).fit(rows, labels) for kind in KINDS}


def predict(models, rows):
    """The weighted prediction."""
    return sum(WEIGHTS[kind] * models[kind].predict(rows).astype(float) for kind in KINDS)


def importance(models):
    """The weighted importance of the features; their sum is 1, or 0 where no tree splits."""
    total = sum(WEIGHTS[kind] * numpy.nan_to_num(models[kind].feature_importances_.astype(float)) for kind in KINDS)
    return total / total.sum() if total.sum() > 0 else total


def describe(kind, model, options):
    """(base, trees, library, parameters); a tree is a list of nodes in preorder: (value,) or (feature, threshold, missing_left)."""
    if kind == "random_forest":
        parameters = {"trees": options.trees, "depth": options.forest_depth}
        return 0.0, [of_sklearn(one.tree_, 1.0) for one in model.estimators_], f"scikit-learn {sklearn.__version__}", parameters
    parameters = {"trees": options.trees, "depth": options.depth, "learningRate": options.rate}
    if kind == "gradient_boosting":
        base = float(model.init_.constant_.item())
        return base, [of_sklearn(one[0].tree_, options.rate) for one in model.estimators_], f"scikit-learn {sklearn.__version__}", parameters
    booster = json.loads(model.get_booster().save_raw("json"))["learner"]
    base = float(numpy.float32(booster["learner_model_param"]["base_score"]))
    trees = [of_xgboost(one) for one in booster["gradient_booster"]["model"]["trees"]]
    return base, trees, f"xgboost {xgboost.__version__}", parameters


def of_sklearn(tree, scale):
    """Nodes of a tree of scikit-learn; left is feature <= threshold."""
    nodes, waiting = [], [0]
    while waiting:
        node = waiting.pop()
        left, right = tree.children_left[node], tree.children_right[node]
        if left == right:
            nodes.append((scale * float(tree.value[node].item()),))
        else:
            nodes.append((int(tree.feature[node]), float(tree.threshold[node]), False))
            waiting += [right, left]
    return nodes


def of_xgboost(tree):
    """Nodes of a tree of XGBoost's JSON; left is feature < split condition."""
    nodes, waiting = [], [0]
    while waiting:
        node = waiting.pop()
        left, right = tree["left_children"][node], tree["right_children"][node]
        value = float(numpy.float32(tree["split_conditions"][node]))
        if left == -1:
            nodes.append((value,))
        else:
            nodes.append((tree["split_indices"][node], value, bool(tree["default_left"][node])))
            waiting += [right, left]
    return nodes


def depth(nodes):
    """Splits between the root and the deepest leaf."""
    deepest, waiting = 0, [0]
    for node in nodes:
        level = waiting.pop()
        deepest = max(deepest, level)
        if len(node) == 3:
            waiting += [level + 1, level + 1]
    return deepest
