"""The model card: what a person wants to know of a model before using it."""

import datetime


def write(path, header):
    """Writes the card as Markdown; no wall time, so that two runs write the same."""
    training = header["training"]
    scores = training["scores"]
    lines = [
        f"# {header['name']} {header['version']}",
        "",
        f"Predicts the move of the next {training['horizon']} bars in units of twice the average true range, cut to -1 to 1.",
        "It is for the system `AiAdaptive`: above 0.6 it buys, below -0.6 it sells. Past scores promise nothing.",
        "",
        "## Trained on",
        "",
        "| | |",
        "|---|---|",
        f"| ticker | {training['symbol'] or 'not named'} |",
        f"| bar | {training['timeFrameSeconds']} s |",
        f"| rows | {training['rows']}, {day(training['fromUnixSeconds'])} to {day(training['toUnixSeconds'])} |",
        f"| features | {len(header['features'])}, SHA-256 of the file `{training['dataSha256']}` |",
        f"| seed | {training['seed']} |",
        "",
        "## Walk forward",
        "",
        "Each part is predicted by a model of the bars before it; labels that reach into the part are left out.",
        "",
        "| trained to | tested | rows | accuracy | precision | recall | F1 | R² |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for fold in training["folds"]:
        lines.append(f"| {day(fold['trainTo'])} | {day(fold['testFrom'])} to {day(fold['testTo'])} {figures(fold['scores'])}")
    lines += [
        f"| | all {figures(scores)}",
        "",
        "## Ensembles",
        "",
        "| kind | weight | trees | depth | library | parameters |",
        "|---|---|---|---|---|---|",
    ]
    for one in header["ensembles"]:
        parameters = ", ".join(f"{key} {value}" for key, value in one["parameters"].items())
        lines.append(f"| {one['kind']} | {one['weight']} | {one['trees']} | {one['depth']} | {one['library']} | {parameters} |")
    lines += ["", "## Features by importance", "", "| feature | importance |", "|---|---|"]
    for feature in sorted(header["features"], key=lambda one: (-one["importance"], one["name"])):
        lines.append(f"| {feature['name']} | {feature['importance']:.4f} |")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


def figures(scores):
    """The cells of one line of scores."""
    names = ["accuracy", "precision", "recall", "f1", "validationScore"]
    return f"| {scores['rows']} | " + " | ".join(f"{scores[name]:.3f}" for name in names) + " |"


def day(seconds):
    """A time as a person reads it."""
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M")
