"""The report of an analysed file: one accessible HTML page, and the same as a PDF/UA-1 file."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from analysis import disclosure
from analysis.disclosure import Count
from analysis.pictures import charts, wordclouds
from analysis.standalone import summary, themelines
from analysis.standalone.themelines import Facts, ThemeLine
from analysis.texts import setaside
from analysis.themes.results import Coding

TEMPLATE = "analysis/file_report.html"
MOST_BARS = 15
CHART_WIDTH = 480
MOST_GROUPS = 6
OTHER_GROUPS = "All other groups"
NO_CLOUD = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 480 60">'
    "<title>No word cloud: no word was used by enough people.</title>"
    '<text x="8" y="36" font-family="Arial, sans-serif" font-size="18" fill="#0b0c0c">'
    "No word was used by enough people to be shown.</text></svg>"
)


def write(folder: Path, facts: Facts) -> list[Path]:
    """Write report.html and report.pdf.

    Raises:
        PdfError: the PDF would not be accessible.
    """
    from engage import pdf  # noqa: PLC0415  # needs WeasyPrint's Pango only when a report is made

    html = render(facts)
    page, document = folder / "report.html", folder / "report.pdf"
    page.write_text(html, encoding="utf-8")
    document.write_bytes(pdf.to_pdf(html))
    return [page, document]


def render(facts: Facts) -> str:
    """Return the report as one HTML document that needs no other file."""
    import jinja2  # noqa: PLC0415  # only who writes a report

    from engage import resources  # noqa: PLC0415

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE).render(_context(facts))


def shown_words(codings: Iterable[Coding], min_people: int) -> dict[str, int]:
    """Return the words that enough people used, by people, at most forty."""
    texts: dict[str, list[str]] = {}
    for coding in codings:
        if coding.set_aside is None:
            texts.setdefault(coding.document_id, []).append(coding.text)
    words = disclosure.protect_words(wordclouds.words_by_people(texts), threshold=min_people)
    return dict(list(words.items())[: wordclouds.MOST_WORDS])


def _context(facts: Facts) -> dict[str, object]:
    run, counts = facts.analysis.run, facts.analysis.run.counts
    lines = themelines.lines(facts)
    words = shown_words(facts.analysis.codings, facts.min_people)
    by_group = _by_group(facts, lines) if facts.group_column else None
    return {
        "facts": facts,
        "counts": counts,
        "what": "groups" if summary.is_for_reading(facts.analysis) else "themes",
        "for_reading": summary.is_for_reading(facts.analysis),
        "undivided": summary.is_undivided(facts.analysis),
        "enough": counts["analysed"] >= (run.settings["smallest_for_themes"] or 0),
        "made_on": time.strftime("%d %B %Y", time.gmtime()).lstrip("0"),
        "lines": lines,
        "bars": _bars(lines, facts) if lines else "",
        "more_lines": max(0, len(lines) - MOST_BARS),
        "words": list(words.items()),
        "cloud": _cloud(words, counts["analysed"]),
        "by_group": by_group,
        "accounts": _accounts(counts, facts.min_people),
        "reviewed_share": round(100 * (run.settings["review_share"] or 0)),
        "run": run,
    }


def _bars(lines: Sequence[ThemeLine], facts: Facts) -> str:
    base = facts.analysis.run.counts["analysed"]
    top = lines[0]
    rows = [(line.label, line.count.value or 0, str(line.count)) for line in lines[:MOST_BARS]]
    title = (
        f"Bar chart of answers by theme. The largest is “{top.label.strip('“”')}”: {top.count} of "
        f"{base:,} answers analysed. The table has every number."
    )
    return charts.bars_svg(rows, title=title, width=CHART_WIDTH)


def _cloud(words: Mapping[str, int], base: int) -> str:
    if not words:
        return ""
    word, people = next(iter(words.items()))
    title = (
        f"Word cloud of {len(words)} words. The largest is “{word}”, used in {people:,} of "
        f"{base:,} answers analysed. The table has every number."
    )
    return wordclouds.cloud_svg(words, title=title)


def _by_group(facts: Facts, lines: Sequence[ThemeLine]) -> dict[str, object]:
    """Return head and rows of the table of themes by group, small numbers hidden."""
    analysed = {c.document_id for c in facts.analysis.codings if c.set_aside is None}
    names = _largest_groups([facts.groups[name] for name in sorted(analysed)])
    group_of = {d: g if g in names else OTHER_GROUPS for d, g in facts.groups.items()}
    base = Counter(group_of[document] for document in analysed)
    columns = [name for name in [*names, OTHER_GROUPS] if base[name]]
    protect = facts.min_people
    head = disclosure.protect_row({name: base[name] for name in columns}, threshold=protect)
    rows = []
    for line in lines:
        holders = {c.document_id for c in facts.analysis.codings if c.theme == line.number}
        found = Counter(group_of[document] for document in holders)
        row = disclosure.protect_row({name: found[name] for name in columns}, threshold=protect)
        rows.append((line.label, [_cell(row[name], head[name]) for name in columns]))
    return {"columns": columns, "base": [str(head[name]) for name in columns], "rows": rows}


def _cell(count: Count, base: Count) -> str:
    """Write a count and, where its base may be shown, the percentage."""
    if base.value is None:
        return disclosure.CONFIDENTIAL
    if not count.value:
        return str(count)
    percent = disclosure.percentage(count.value, base.value)
    return str(count) if percent is None else f"{count} ({percent}%)"


def _largest_groups(groups: Sequence[str]) -> list[str]:
    ranked = [name for name, _ in sorted(Counter(groups).items(), key=lambda x: (-x[1], x[0]))]
    return ranked if len(ranked) <= MOST_GROUPS else ranked[: MOST_GROUPS - 1]


def _accounts(counts: Mapping[str, int], min_people: int) -> list[tuple[str, str]]:
    """Return lines that add up to the rows that were read, small numbers said as such.

    The totals are open, so where nothing else could cover a small number every reason is said to
    be small, which is true of them all: a reason such as "held" may point at one person.
    """
    reasons: dict[str, int] = {reason: counts[reason] for reason in setaside.MEANINGS}
    shown = disclosure.protect_row(reasons, threshold=min_people)
    hidden = [number for reason, number in reasons.items() if shown[reason].is_hidden]
    are_all_small = bool(hidden) and (len(hidden) == 1 or sum(hidden) < min_people)
    said = {
        reason: f"fewer than {min_people}" if are_all_small else _said(count, min_people)
        for reason, count in shown.items()
    }
    aside = [(meaning, said[reason]) for reason, meaning in setaside.MEANINGS.items()]
    return [
        ("Analysed", f"{counts['analysed']:,}"),
        *aside,
        ("Total, which is every filled row of the file", f"{counts['documents']:,}"),
    ]


def _said(count: Count, min_people: int) -> str:
    """Write a count; a hidden one may itself be large and only cover a small one."""
    return f"not shown: fewer than {min_people}, or beside one" if count.is_hidden else str(count)
