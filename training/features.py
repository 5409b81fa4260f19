"""Reads the features that `MaoTrade.Engine -- features` writes: one definition of features for training and trading.

    /usr/bin/python3 training/features.py FILE...        only checks files; exit code 2 where one is bad
"""

import hashlib
import io
import sys

import numpy
import pandas

HORIZON = 10
LEAST_ROWS = 110
MOST_ROWS = 1_000_000


class BadData(Exception):
    """The data cannot be trained on; the message names file, row and column."""


class Features:
    """Rows of features with what their labels need.

    frame     starts of bars, Unix seconds, ascending
    close     closing prices
    values    one row a bar, one column a feature, not standardised
    names     names of the columns
    sha256    digest of the file
    """

    def __init__(self, frame, close, values, names, sha256):
        self.frame, self.close, self.values, self.names, self.sha256 = frame, close, values, names, sha256

    @property
    def time_frame(self):
        """Length of a bar, seconds: the most frequent distance."""
        distances, counts = numpy.unique(numpy.diff(self.frame), return_counts=True)
        return int(distances[counts.argmax()])


def read(path):
    """Reads and checks a file; raises BadData."""
    try:
        with open(path, "rb") as file:
            content = file.read()
        table = pandas.read_csv(io.BytesIO(content), nrows=MOST_ROWS + 1, float_precision="round_trip")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadData(f"{path}: it cannot be read: {fault}") from None
    except (pandas.errors.ParserError, pandas.errors.EmptyDataError) as fault:
        raise BadData(f"{path}: it is no table: {fault}") from None
    names = list(table.columns)
    if names[:2] != ["frame", "close"] or len(names) < 3 or "atr" not in names:
        raise BadData(f"{path}: columns frame, close and features with atr among them are expected; make it with 'MaoTrade.Engine -- features'")
    if len(set(names)) != len(names) or any("." in name for name in names):
        raise BadData(f"{path}: a column stands there more than once")
    if not LEAST_ROWS < len(table) <= MOST_ROWS:
        raise BadData(f"{path}: {LEAST_ROWS + 1} to {MOST_ROWS} rows are expected, there are {'more' if len(table) > MOST_ROWS else len(table)}")
    for name in names:
        column = pandas.to_numeric(table[name], errors="coerce")
        bad = numpy.flatnonzero(~numpy.isfinite(column.to_numpy(dtype=float)))
        if len(bad) > 0:
            row = int(bad[0])
            raise BadData(f"{path} row {row + 2}, {name}: a number is expected, not '{table[name].iloc[row]}'")
        table[name] = column
    frame = table["frame"].to_numpy()
    if frame.dtype.kind != "i":
        raise BadData(f"{path}, frame: whole numbers are expected")
    back = numpy.flatnonzero(numpy.diff(frame) <= 0)
    if len(back) > 0:
        raise BadData(f"{path} row {int(back[0]) + 3}, frame: {frame[back[0] + 1]} does not follow {frame[back[0]]}")
    close = table["close"].to_numpy(dtype=float)
    if (close <= 0).any():
        raise BadData(f"{path} row {int(numpy.flatnonzero(close <= 0)[0]) + 2}, close: a price above 0 is expected")
    return Features(frame, close, table[names[2:]].to_numpy(dtype=float), names[2:], hashlib.sha256(content).hexdigest())


def labels(features):
    """clamp((close[t + 10] - close[t]) / (2 * atr[t]), -1, 1); the last 10 bars have none.

    Where nothing moved (atr 0) the sign of the change is the label.
    """
    change = features.close[HORIZON:] - features.close[:-HORIZON]
    atr = features.values[:-HORIZON, features.names.index("atr")]
    with numpy.errstate(divide="ignore", invalid="ignore"):
        label = numpy.where(atr > 0, change / (2 * atr), numpy.sign(change))
    return numpy.clip(label, -1, 1)


if __name__ == "__main__":
    faults = 0
    for path in sys.argv[1:]:
        try:
            print(f"{path}: {len(read(path).frame)} rows")
        except BadData as fault:
            print(fault, file=sys.stderr)
            faults += 1
    sys.exit(2 if faults else 0)
