"""Splits rows in time: each part is tested with a model of what came before it."""


def splits(rows, folds, embargo):
    """(train_end, test_begin, test_end) of each fold, as numbers of rows; training begins at row 0.

    The first half of the rows is trained on only; the second half is divided into `folds` test parts. A label of row t reads row
    t + embargo: the last `embargo` rows before a test part are left out of its training, so that no label reaches into it.
    """
    first = rows // 2
    for fold in range(folds):
        begin = first + (rows - first) * fold // folds
        end = first + (rows - first) * (fold + 1) // folds
        yield begin - embargo, begin, end
