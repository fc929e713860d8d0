"""What is needed of a run to compare it, from a folder that `engage analyse` wrote."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from analysis.standalone import tables
from analysis.standalone.compare import RunFacts
from analysis.standalone.sources import FileProblem


def of_folder(folder: Path) -> RunFacts:
    """Read a run from its themes.csv, codings.csv and run.json.

    Raises:
        FileProblem: the folder does not hold a run.
    """
    needed = [folder / name for name in ("run.json", "themes.csv", "codings.csv")]
    missing = [path.name for path in needed if not path.is_file()]
    if missing:
        lacks = " and no ".join(missing)
        message = (
            f"The folder {folder} holds no run: there is no {lacks}. Name one that was analysed."
        )
        raise FileProblem(message)
    try:
        run = json.loads(needed[0].read_text(encoding="utf-8"))
    except ValueError as error:
        message = f"The file {needed[0]} is damaged. Run the analysis again."
        raise FileProblem(message) from error
    codings = tables.read_table(needed[2])
    return RunFacts(
        name=str(folder),
        input_hash=str(run.get("input_hash", "")),
        settings=dict(run.get("settings", {})),
        versions=dict(run.get("versions", {})),
        themes=_themes(needed[1]),
        answers=_answers(codings),
        hashes=_hashes(codings),
    )


def side_by_side(first: RunFacts, second: RunFacts) -> tuple[RunFacts, RunFacts]:
    """Return both with answers known by their words, so that rows may stand in another order.

    The same words twice are two answers, counted in the order of the rows. Where the words of a
    run are not known, because an older version wrote it, both keep the numbers of their rows.
    """
    if knows_words(first) and knows_words(second):
        return _by_words(first), _by_words(second)
    return first, second


def knows_words(run: RunFacts) -> bool:
    """Tell whether the words of each answer are known; an older version kept no track of them."""
    return run.hashes.keys() >= run.answers.keys()


def _by_words(run: RunFacts) -> RunFacts:
    seen: Counter[str] = Counter()
    answers = {}
    for row in sorted(run.answers, key=int):
        words = run.hashes[row]
        seen[words] += 1
        answers[f"{words} {seen[words]}"] = run.answers[row]
    return replace(run, answers=answers, hashes={})


def _themes(path: Path) -> dict[str, str]:
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    if not rows:
        return {}
    del header
    table = tables.read_table(path)
    return dict(zip(table.column("theme_id"), table.column("label"), strict=True))


def _answers(codings: tables.Table) -> dict[str, str]:
    """Return the primary theme of each row of the file, or "" when it was set aside."""
    columns = ("row", "theme_id", "is_primary", "set_aside_reason")
    lines = zip(*(codings.column(name) for name in columns), strict=True)
    return {
        row: "" if reason else theme
        for row, theme, primary, reason in lines
        if reason or primary == "true"
    }


def _hashes(codings: tables.Table) -> dict[str, str]:
    """Return a hash of the words of each row; nothing where an older version wrote the file."""
    if "words_hash" not in codings.columns:
        return {}
    pairs = zip(codings.column("row"), codings.column("words_hash"), strict=True)
    return {row: words for row, words in pairs if words}
