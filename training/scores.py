"""How predictions did: the classes buy, sell and hold of labels and predictions, and R²."""

import numpy
from sklearn.metrics import accuracy_score, precision_recall_fscore_support, r2_score

THRESHOLD = 0.6


def classes(values):
    """1 above the threshold, -1 below its negative, else 0."""
    return numpy.where(values > THRESHOLD, 1, numpy.where(values < -THRESHOLD, -1, 0))


def of(labels, predictions):
    """Scores as the header of the model file has them; classes are weighted alike."""
    truth, said = classes(labels), classes(predictions)
    precision, recall, f1, _ = precision_recall_fscore_support(truth, said, labels=[-1, 0, 1], average="macro", zero_division=0)
    return {
        "rows": len(labels),
        "accuracy": float(accuracy_score(truth, said)),
        "precision": float(precision),
        "recall": float(recall),
        "f1": float(f1),
        "validationScore": float(r2_score(labels, predictions)),
    }
