"""What readers lose first when a report is shortened is in every format, said the same way."""

import dataclasses
import datetime as dt
import io

import pytest
from pypdf import PdfReader

from reports.documents import sentences
from reports.documents.document import Answer, Document, Group
from reports.documents.familywords import FamilyWord, Measured, Signature
from reports.formats import render, spoken
from reports.formats.catalogue import Format
from reports.formats.onpaper import poster
from reports.formats.source import Source
from reports.publishing import filing
from reports.words.easylines import EasyLine
from reports.words.sections import Section
from tests.published import CANNOT, DAY, DOCUMENT, DONE, entry, words_of

FORUM, YOUTH = "Example forum", "Example youth council"
ON = dt.date(2026, 2, 27)
NOTE = "The line is never answered after four."
REFUSED = Signature(FORUM, "parents", "refused", NOTE, ON, "s1")
REMOVED = Signature(FORUM, "parents", "refused", "", ON, "s2", "harm")
AGREED = Signature(YOUTH, "young people", "agreed", "", ON, "s3")
WAITING = Signature(YOUTH, "young people", "waiting", "", None)
NOT_YET = FamilyWord("v1", FORUM, "parents", "not_yet", "We still wait.", ON)
PARTLY = FamilyWord("v2", YOUTH, "young people", "partly", "", ON, "personal_data")
LATE = dt.date(2026, 2, 1)
REOPENED: Answer = dataclasses.replace(
    DONE, status="doing", reopened=True, standing=f"Reopened: {FORUM} says “Not yet”.",
    measures=(Measured("Calls answered", "50%", "60%", ON, "phone log"),),
    signatures=(REFUSED, WAITING),
)  # fmt: skip
OVERDUE = dataclasses.replace(
    DONE, status="planned", text="We will hire two more people.", due_on=LATE, review_due=LATE,
    signatures=(REMOVED, AGREED), easy=(EasyLine("We will find two more people.", "group"),),
)  # fmt: skip


def every_case() -> Document:
    """Return a document with everything that may not be lost."""
    reopened = entry("phone", "A phone line", REOPENED, offer="info_accessibility")
    verdict = dataclasses.replace(reopened.verdict, given=(NOT_YET, PARTLY))
    entries = (
        dataclasses.replace(reopened, verdict=verdict),
        entry("staff", "More people to help", OVERDUE, offer="content_quality_gaps"),
        entry("clubs", "Clubs for everyone", CANNOT, offer="how_developed"),
    )
    return dataclasses.replace(
        DOCUMENT,
        groups=(Group("A2", "Help early", EasyLine("Help early.", "support"), entries),),
        easy_checked_by=YOUTH,
        easy_checked_on=ON,
    )


def heard(text: str) -> str:
    """Return words as a voice says them and in one case, so that editions can be compared."""
    return spoken.spoken(text).lower().replace("“", "").replace("”", "")


@pytest.fixture(scope="module")
def source() -> Source:
    document = every_case()
    return Source(document, render.charts(document))


EASY = {"easy", "slides"}
SHORT = {"poster", "news", "newsweb", "method", "tool", "atrs"}
DISAGREES = ("does not agree", "They say no to this")
FELT = ("Not yet", "They say: we feel no change yet")
ASIDE = (CANNOT.instead, CANNOT.instead_easy[0].text)
REASON = (CANNOT.because, CANNOT.because_easy[0].text)
AGAIN = ("Reopened", "Now we look at it again")
OWED = ("Update due 1 February 2026", "We are late")


@pytest.mark.parametrize("one", filing.formats(), ids=lambda one: one.kind)
def test_every_format_says_what_families_think_what_is_refused_and_what_is_late(
    one: Format, source: Source
) -> None:
    words = heard(words_of(one.build(source)))
    wanted = [
        DISAGREES,
        FELT,
        ASIDE,
        REASON,
        AGAIN,
        OWED,
        (FORUM, "parents"),
        ("27 February 2026",),
    ]
    for ways in wanted:
        assert any(heard(way) in words for way in ways), ways


WHOLE = tuple(one for one in filing.formats() if one.kind not in EASY | SHORT)


@pytest.mark.parametrize("one", WHOLE, ids=lambda one: one.kind)
def test_every_format_with_whole_entries_prints_words_and_marks(
    one: Format, source: Source
) -> None:
    words = heard(words_of(one.build(source)))
    for text in (
        f"does not agree with this answer. “{NOTE}”",
        "does not agree with this answer. [Words taken out, because they could harm somebody.]",
        "agreed with this answer on 27 February 2026",
        "has not signed yet",
        "We still wait.",
        "[Words taken out, because they could point at somebody.]",
    ):
        assert heard(text) in words, text


@pytest.mark.parametrize("kind", ["easy", "slides", "pdf", "docx", "method"])
def test_who_checked_the_easy_read_is_printed(kind: str, source: Source) -> None:
    one = next(one for one in filing.formats() if one.kind == kind)
    assert YOUTH in words_of(one.build(source))
    assert "27 February 2026" in words_of(one.build(source))
    unchecked = dataclasses.replace(source.document, easy_checked_by="", easy_checked_on=None)
    words = words_of(one.build(dataclasses.replace(source, document=unchecked)))
    assert "o group of readers has checked" in words or "not yet checked by readers" in words


def test_the_poster_keeps_to_one_page_and_shows_what_went_badly(source: Source) -> None:
    many = tuple(
        dataclasses.replace(one, key=f"{one.key}-{n}")
        for n in range(4)
        for one in source.document.entries
    )
    group = dataclasses.replace(source.document.groups[0], entries=many)
    document = dataclasses.replace(source.document, groups=(group,))
    content = poster(dataclasses.replace(source, document=document))
    with PdfReader(_file(content)) as reader:
        assert len(reader.pages) == 1
    words = words_of(content)
    assert "We can't do this" in words
    assert "does not agree" in words


def test_a_text_of_ones_own_stands_where_it_was_put() -> None:
    text = Section(
        "text", "text-1", "A word from the board", ("We read it all.",), "From us",
        (EasyLine("We read it all.", "listen"),),
    )  # fmt: skip
    kinds = ("not_heard", "entries", "refusals", "method")
    sections = (text, *(Section(kind) for kind in kinds))  # type: ignore[arg-type]  # known words
    document = dataclasses.replace(every_case(), sections=sections)
    made = Source(document, render.charts(document))
    for one in filing.formats():
        if one.kind in {"pdf", "docx", "audio", "easy", "slides"}:
            words = words_of(one.build(made))
            mine = words.rindex("We read it all.")
            missed = max(words.rfind(document.not_heard[:20]), words.rfind("Few people who speak"))
            assert mine < missed, one.kind
            first = words.rindex("A phone line") if one.kind == "audio" else len(words)
            assert missed < first
    report = next(one for one in filing.formats() if one.kind == "pdf")
    assert "The words people used most" not in words_of(report.build(made)), "it was left out"


def test_a_short_list_never_leaves_out_the_refused_the_disputed_and_the_late() -> None:
    document = every_case()
    good = entry("good", "Good news", DONE)
    group = dataclasses.replace(
        document.groups[0], entries=(good, good, *document.groups[0].entries)
    )
    chosen = sentences.telling(dataclasses.replace(document, groups=(group,)), 3)
    assert [one.key for one in chosen] == ["phone", "staff", "clubs"]
    assert sentences.telling(dataclasses.replace(document, groups=()), 3) == []


def test_one_line_says_it_all(source: Source) -> None:
    phone = source.document.entries[0]
    assert sentences.kept_short(phone, DAY) == (
        f"{FORUM}: does not agree. {FORUM}, 27 February 2026: Not yet."
        f" {YOUTH}, 27 February 2026: Partly."
    )


def test_standings_count_for_each_body(source: Source) -> None:
    assert sentences.standings(source.document) == [
        f"{FORUM} said by 27 February 2026: “Not yet” to 1 answer.",
        f"{YOUTH} said by 27 February 2026: “Partly” to 1 answer.",
        f"{FORUM} does not agree with: “A phone line” and “More people to help”.",
        "Reopened: “A phone line”.",
        "Late: More people to help (Update due 1 February 2026).",
    ]


def _file(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)
