"""The report of an analysed file: one accessible HTML page, and the same as a PDF/UA-1 file."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import disclosure
from analysis.disclosure import Count
from analysis.engine.labels import ONE_GROUP, label
from analysis.engine.terms import terms
from analysis.pictures import charts, wordclouds
from analysis.texts import setaside
from analysis.themes.results import Analysis, Coding, ProposedTheme

TEMPLATE = "analysis/file_report.html"
MOST_BARS = 15
CHART_WIDTH = 480
MOST_GROUPS = 6
OTHER_GROUPS = "All other groups"
MOST_QUOTES = 3
NO_CLOUD = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 480 60">'
    "<title>No word cloud: no word was used by enough people.</title>"
    '<text x="8" y="36" font-family="Arial, sans-serif" font-size="18" fill="#0b0c0c">'
    "No word was used by enough people to be shown.</text></svg>"
)


@dataclass(frozen=True)
class Facts:
    """What a report is made from.

    Attributes:
        name: of the file.
        column: name of the column of answers.
        group_column: name of the column of groups, or "".
        groups: document id to group.
        analysis: the result.
        min_people: the disclosure threshold.
        notes: what was not read of the file, or may have been cut.
    """

    name: str
    column: str
    group_column: str
    groups: Mapping[str, str]
    analysis: Analysis
    min_people: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeLine:
    """A theme as the report shows it."""

    number: int
    label: str
    words: str
    count: Count
    percent: int | None
    quotes: tuple[str, ...]


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


def is_for_reading(analysis: Analysis) -> bool:
    """Tell whether there were too few answers to claim themes, or nothing to tell them apart."""
    smallest = analysis.run.settings["smallest_for_themes"] or 0
    return is_undivided(analysis) or analysis.run.counts["analysed"] < smallest


def is_undivided(analysis: Analysis) -> bool:
    """Tell whether all answers stand in one group because nothing tells them apart."""
    return [theme.label for theme in analysis.themes] == [ONE_GROUP]


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
    shared = _shared_terms(facts)
    lines = [_line(theme, facts, shared) for theme in facts.analysis.themes]
    words = shown_words(facts.analysis.codings, facts.min_people)
    by_group = _by_group(facts, lines) if facts.group_column else None
    return {
        "facts": facts,
        "counts": counts,
        "what": "groups" if is_for_reading(facts.analysis) else "themes",
        "for_reading": is_for_reading(facts.analysis),
        "undivided": is_undivided(facts.analysis),
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


def _shared_terms(facts: Facts) -> frozenset[str]:
    """Return the words and phrases that enough answers use to be shown to anybody."""
    used: dict[str, set[str]] = {}
    for coding in facts.analysis.codings:
        if coding.set_aside is None:
            used.setdefault(coding.document_id, set()).update(terms(coding.text))
    people = Counter(term for found in used.values() for term in found)
    return frozenset(disclosure.protect_words(people, threshold=facts.min_people))


def _line(theme: ProposedTheme, facts: Facts, shared: frozenset[str]) -> ThemeLine:
    kind = "Group" if is_for_reading(facts.analysis) else "Theme"
    words = [word for word in theme.words if word.lower() in shared]
    analysed = facts.analysis.run.counts["analysed"]
    return ThemeLine(
        number=theme.number,
        label=label(words, theme.number) if words else f"{kind} {theme.number}",
        words=", ".join(words),
        count=disclosure.protect_count(theme.documents, threshold=facts.min_people),
        percent=disclosure.percentage(theme.documents, analysed, threshold=facts.min_people),
        quotes=_quotes(theme, facts),
    )


def _quotes(theme: ProposedTheme, facts: Facts) -> tuple[str, ...]:
    """Return central comments, redacted; none where so few wrote that words could be traced."""
    analysed = facts.analysis.run.counts["analysed"]
    if not disclosure.may_quote(analysed) or theme.documents < facts.min_people:
        return ()
    said = {(c.document_id, c.segment): c.text for c in facts.analysis.codings}
    return tuple(said[example] for example in theme.examples[:MOST_QUOTES])


def _bars(lines: Sequence[ThemeLine], facts: Facts) -> str:
    base = facts.analysis.run.counts["analysed"]
    top = lines[0]
    rows = [(line.label, line.count.value or 0, str(line.count)) for line in lines[:MOST_BARS]]
    title = (
        f"Bar chart of answers by theme. The largest is “{top.label}”: {top.count} of {base:,} "
        "answers analysed. The table has every number."
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
        ("Total, which is every row of the file", f"{counts['documents']:,}"),
    ]


def _said(count: Count, min_people: int) -> str:
    """Write a count; a hidden one may itself be large and only cover a small one."""
    return f"not shown: fewer than {min_people}, or beside one" if count.is_hidden else str(count)
