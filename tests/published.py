"""A published document with everything in it that a format can hold, and readers of the files."""

import dataclasses
import datetime as dt
import io
import zipfile

import docx
import pptx
from pypdf import PdfReader

from reports.documents.document import (
    Answer,
    Base,
    CloudWord,
    Cover,
    Document,
    Entry,
    Fact,
    Group,
    Headline,
    Line,
    Quotation,
    Raised,
    Step,
    Verdict,
    Voice,
)
from reports.formats import render
from reports.formats.source import Source
from reports.words.easylines import EasyLine

DAY = dt.date(2026, 3, 2)
NEXT = dt.date(2026, 8, 1)
QUOTE = "We waited two years for an assessment"
FORMULA = '=HYPERLINK("http://example.org")'
SUMMARY = "Help comes too late, so we put a date to what comes next."


def fact(key: str, value: int | None, base: int | None, text: str, **more: str) -> Fact:
    return Fact(key, value, base, text, "[c]" if value is None else None, **more)  # type: ignore[arg-type]  # names of fields


def entry(key: str, title: str, answer: Answer, *, quote: str = "", offer: str = "") -> Entry:
    told = fact(f"entry/{key}/parent_carer", 14, 20, "14 of 20 parent carers who wrote a comment")
    return Entry(
        key=key,
        title=title,
        easy_title=EasyLine(f"{title}.", "wait"),
        ambition="A2",
        said="We wait far too long, and nobody tells us what happens next.",
        said_easy=(
            EasyLine("You wait too long.", "wait"),
            EasyLine("No one tells you why.", "dont_know"),
        ),
        also_said="Some families said that help was good once it came.",
        voices=(Voice("Parent carers", EasyLine("14 of 20 parents said it.", "group"), told),),
        quotes=(Quotation(quote, "Parent carer, winter 2025"),) if quote else (),
        answer=answer,
        verdict=Verdict("Not known yet. Nobody has been asked.", "We will ask."),
        history=(Step(DAY, answer.status, "Decided."),),
        theme_ids=("t1",),
        reg56_category=offer,
    )


DONE = Answer(
    "done",
    "We opened a phone line on 20 February 2026.",
    (EasyLine("You can ring us now.", "phone"),),
    "Head of SEND, Example Council",
    "Done on 20 February 2026.",
    "",
    "",
    (),
    "",
    (),
    "412 calls were answered in the first month.",
    "Somebody answers when you ring.",
    "We decided this because of what you told us.",
    NEXT,
)
CANNOT = Answer(
    "cant",
    "We cannot pay for a club in every village this year.",
    (EasyLine("We cannot pay for more clubs now.", "cant"),),
    "Head of inclusion, Example Council",
    "Decided on 20 February 2026.",
    "Money",
    "The money for clubs is fixed until April 2027.",
    (EasyLine("The money is all used this year.", "money"),),
    "The list of clubs is kept up to date each month.",
    (EasyLine("You can see a list of clubs.", "website"),),
    "",
    "",
    "",
    NEXT,
)
WAITING = fact(
    "theme/t1/parent_carer",
    14,
    20,
    "14 of 20 parent carers",
    audience="parent_carer",
    theme_id="t1",
)
CLUBS = fact(
    "theme/t2/parent_carer",
    None,
    20,
    "Fewer than 5 of 20 parent carers",
    audience="parent_carer",
    theme_id="t2",
)
DOCUMENT = Document(
    schema=1,
    cover=Cover(
        "You said, we did: SEND Strategy",
        "You said, we did",
        "SEND Strategy 2026-29",
        "Example partnership",
        "send-strategy",
        "https://example.org/you-said-we-did/send-strategy/v3/",
        3,
        DAY,
        NEXT,
        "help@example.org or 01234 567890",
        is_demo=False,
    ),
    summary=SUMMARY,
    easy_summary=(EasyLine("You told us that help comes late.", "listen"),),
    heard=fact("responses/all", 40, None, "40 people"),
    headlines=(
        Headline(fact("headline/most", 14, 20, "14 of 20"), "parent carers wait for help, of 20"),
    ),
    groups=(
        Group(
            "A2",
            "Help early",
            EasyLine("Help early.", "support"),
            (
                entry(
                    "waiting",
                    "Waiting for health help",
                    DONE,
                    quote=QUOTE,
                    offer="content_quality_gaps",
                ),
            ),
        ),
        Group(
            "A4",
            "Fun and friends",
            EasyLine("Fun.", "group"),
            (entry("clubs", "Clubs for everyone", CANNOT),),
        ),
    ),
    raised=(
        Raised("Waiting for health help", (WAITING,), "waiting"),
        Raised(FORMULA, (CLUBS,), "clubs"),
    ),
    bases=(
        Base(
            "parent_carer",
            "Parent carers",
            fact("wrote/parent_carer", 20, 21, "20 of 21 wrote a comment"),
        ),
    ),
    words=(
        CloudWord("waiting", fact("word/waiting", 9, 20, "9 people wrote “waiting”")),
        CloudWord(FORMULA, fact("word/formula", 5, 20, "5 people wrote a formula")),
    ),
    not_heard="We heard from few families who speak little English.",
    easy_not_heard=(EasyLine("Few people who speak other languages told us.", "languages"),),
    method=(
        Line("When people answered", "5 January to 6 February 2026"),
        Line(
            "Comments",
            "25 of 40 comments went into a theme",
            fact("comments/grouped", 25, 40, "25 of 40 comments went into a theme"),
        ),
        Line("Small numbers", "A count of fewer than 5 people is shown as [c]."),
        Line("Who decides", "The partnership board, on 20 February 2026"),
    ),
    note="",
    record=(Line("Tool", "bertopic 0.17.4"), Line("Random seed", "7")),
)


def source(*, demo: bool = False, draft: str = "", taken: bool = False) -> Source:
    """Return what every format is made from, as published, as a draft, or with a gap."""
    from reports.publishing.takeouts import without  # noqa: PLC0415  # the database's side of it

    cover = dataclasses.replace(DOCUMENT.cover, is_demo=demo)
    document = dataclasses.replace(DOCUMENT, cover=cover)
    if taken:
        document = without(document, frozenset({QUOTE}))
    return Source(document, render.charts(document), draft)


def words_of(content: bytes) -> str:
    """Return every word of a file, of whatever kind it is."""
    if content.startswith(b"%PDF"):
        with PdfReader(io.BytesIO(content)) as reader:
            text = " ".join(page.extract_text() for page in reader.pages)
    elif content.startswith(b"PK"):
        text = _words_of_archive(content)
    else:
        text = content.decode()
    return " ".join(text.split())


def _words_of_archive(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            return _words_of_word(content)
        if "ppt/presentation.xml" in names:
            return _words_of_slides(content)
        return " ".join(words_of(archive.read(name)) for name in names)


def _words_of_word(content: bytes) -> str:
    read = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    heads = [one.text for section in read.sections for one in section.header.paragraphs]
    return " ".join([*heads, *(one.text for one in read.paragraphs), *cells])


def _words_of_slides(content: bytes) -> str:
    read = pptx.Presentation(io.BytesIO(content))
    shapes = [shape for slide in read.slides for shape in slide.shapes if shape.has_text_frame]
    notes = [slide.notes_slide.notes_text_frame for slide in read.slides if slide.has_notes_slide]
    return " ".join([*(s.text_frame.text for s in shapes), *(one.text for one in notes if one)])
