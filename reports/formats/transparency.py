"""What the public is told about the tool: a draft Algorithmic Transparency Record, and plain words.

Headings and numbers are those of version 4.0 of the Algorithmic Transparency Recording Standard, as
far as its publishers' repository says them (co-cddo/algorithmic-transparency-recording-standard, at
July 2025, looked at in November 2026): the template table of version 3.0, the change log from 3.0
to 4.0, and the guidance for 4.0, whose examples give some of the numbers. The template of 4.0
itself is a spreadsheet that was not at hand: numbers that neither names are counted on from those
it does, and the metadata at its head is left to whoever publishes. What the documents of a
publication cannot know is marked for the organisation to write; nothing is made up.
"""

from reports.documents import sentences
from reports.documents.document import Document, Line
from reports.formats import method_note, onpaper
from reports.formats.source import Source
from reports.words import wording
from reports.words.easylines import EasyLine

TO_WRITE = "To be written by the organisation before this record is published."
NAME = "Engage: finding themes in comments"
WHAT = (
    "Families, young people and professionals answer a consultation in their own words. The tool"
    " puts comments that say similar things side by side and proposes a group for them. People read"
    " the groups, name and approve them, and write every answer. The tool decides nothing about"
    " any person and nothing about any service."
)
WHY = (
    "Reading every comment alone takes weeks and the first reader's view colours the rest. Groups"
    " that are proposed to be checked make it possible to read everything, to count people and not"
    " loud voices, and to show how each statement came about."
)
REVIEW = (
    "No theme reaches a report before a named person has approved it. People can move any comment"
    " to another theme, and can merge, split, rename or retire themes; what the tool proposed and"
    " what people decided are kept apart."
)
RISKS = (
    "A rare but serious view could drown: themes of few people are kept and read as well.",
    (
        "A person could be recognised: names and contact details are taken out first, small counts"
        " are hidden, and quotes need permission."
    ),
    "A group could be put together wrongly: people read comments and correct where they stand.",
    "A sign of danger could be missed: people read for safety; it is never left to the tool.",
    "People who find writing hard could be missed: who was not heard from is printed.",
)
PLAIN = (
    "Many people wrote comments. A computer program put comments that say similar things together.",
    (
        "Names, phone numbers and addresses were taken out first. It ran on our own computer."
        " Nothing was sent to anybody else."
    ),
    (
        "The program decided nothing. People read the groups, gave them names and approved them."
        " People wrote every answer in this report."
    ),
    (
        "The program can be wrong. That is why people checked it, and why this report says how many"
        " comments stand behind each statement."
    ),
    "You can ask us what happened to your own words, and you can take them out.",
)
EASY = (
    EasyLine("Lots of people wrote to us.", "write"),
    EasyLine("A computer helped us to sort the words.", "website"),
    EasyLine("First we took out the names.", "private"),
    EasyLine("The computer put words that are alike in a group.", "group"),
    EasyLine("The computer did not decide anything.", "cant"),
    EasyLine("People read the groups.", "listen"),
    EasyLine("People decided what to do.", "think"),
    EasyLine("You can ask us about this.", "talk"),
)
DEVELOPMENT = (
    (3, "Data quantities"), (4, "Sensitive attributes"),
    (5, "Data completeness and representativeness"), (6, "Data cleaning"),
    (7, "Data collection"), (8, "Data access and storage"), (9, "Data sharing agreements"),
)  # fmt: skip
Field = tuple[str, str]


def write(source: Source) -> bytes:
    """Write the draft record as Markdown."""
    document = source.document
    parts = [
        f"# {source.named('Draft Algorithmic Transparency Record')}",
        *source.notices,
        (
            "This is a draft made from the record of the analysis. It follows the Algorithmic"
            " Transparency Recording Standard 4.0. Lines marked “to be written” are for the"
            " organisation."
        ),
        "## Tier 1 Summary Information",
        *_fields(_overview(source)),
        "## Tier 2 Information",
    ]
    for number, (title, fields) in enumerate(_sections(document), start=1):
        parts += [f"### 2.{number} {title}", *_fields(fields)]
    return ("\n\n".join(parts) + "\n").encode()


def statement(source: Source) -> bytes:
    """Write the public statement as a PDF, in plain words and in easy read with pictures."""
    return onpaper.statement(source, _plain(source.document), EASY)


def _plain(document: Document) -> tuple[str, ...]:
    facts = [line.text for line in document.method if line.label in {"Comments", "What people did"}]
    said = [*sentences.standings(document), *method_note.refusals(document)]
    return (*PLAIN, *(f"{text.rstrip('.')}." for text in facts), *said)


def _fields(fields: list[Field]) -> list[str]:
    return [f"**{label}**\n\n{text or TO_WRITE}" for label, text in fields]


def _overview(source: Source) -> list[Field]:
    return [
        ("1.1 Name", NAME),
        ("1.2 Description", f"{WHAT} {WHY}"),
        ("1.3 Website URL", source.home),
        ("1.4 Contact email", source.document.cover.contact),
    ]


def _sections(document: Document) -> list[tuple[str, list[Field]]]:
    return [
        ("Owner and Responsibility", _owner(document)),
        ("Description and Rationale", _rationale(document)),
        ("Deployment Context", _context(document)),
        ("Tool Specification", _specification(document)),
        ("Risks, Mitigations and Impact Assessments", _impact()),
    ]


def _owner(document: Document) -> list[Field]:
    return [
        ("2.1.1 Organisation or department", document.cover.organisation),
        ("2.1.2 Team", ""),
        ("2.1.3 Senior responsible owner", ""),
        ("2.1.4 Third party involvement", "No third party runs the tool or sees the data."),
        ("2.1.4.1 Third party", "None."),
        ("2.1.4.2 Companies House Number", "Not applicable."),
        ("2.1.4.3 Third party role", "Not applicable."),
        ("2.1.4.4 Procurement procedure type", ""),
        ("2.1.4.5 Third party data access terms", "Not applicable."),
    ]


def _rationale(document: Document) -> list[Field]:
    return [
        (
            "2.2.1 Detailed description",
            (
                f"{WHAT} {_said(document, 'What the computer did')} It is used on the comments of"
                f" the consultation “{document.cover.consultation}” and on nothing else. It ranks,"
                " scores or profiles nobody."
            ),
        ),
        ("2.2.2 Benefit", WHY),
        ("2.2.3 Previous process", ""),
        ("2.2.4 Alternatives considered", ""),
    ]


def _context(document: Document) -> list[Field]:
    return [
        (
            "2.3.1 Integration into broader operational process",
            f"{_said(document, 'What people did')} Decided by: {_said(document, 'Who decides')}",
        ),
        ("2.3.2 Human review", " ".join((REVIEW, *_families(document)))),
        (
            "2.3.3 Frequency and scale of usage",
            f"Once for a consultation that has closed. {_said(document, 'Comments')}",
        ),
        ("2.3.4 Required training", ""),
        (
            "2.3.5 Appeals and review",
            (
                f"Anybody can ask or complain: {document.cover.contact}. With the code of their"
                " answer people see where their words went, and can take them out of every version."
            ),
        ),
    ]


def _families(document: Document) -> list[str]:
    """Say that families judge the answers, and what they say: the last review is theirs."""
    said = [*sentences.standings(document), *method_note.refusals(document)]
    return ["Bodies of families sign the answers and say whether they feel them.", *said]


def _specification(document: Document) -> list[Field]:
    taken = "Names, phone numbers, addresses and the like are taken out before the analysis."
    return [
        (
            "2.4.1.1 System architecture",
            (
                "A web application with a database on the organisation's own computer; the analysis"
                " is a job beside it that reaches no network."
            ),
        ),
        ("2.4.1.2 System-level input", f"Comments in people's own words. {taken}"),
        (
            "2.4.1.3 System-level output",
            (
                "Proposed groups of comments with typical words, and for each comment its proposed"
                " group; never a decision."
            ),
        ),
        ("2.4.1.4 Maintenance", ""),
        ("2.4.1.5 Models", _record(document, "Tool")),
        *_models(document),
        *_data(document, taken),
    ]


def _models(document: Document) -> list[Field]:
    return [
        ("2.4.2.1 Model name", _record(document, "Tool")),
        ("2.4.2.2 Model version", "The versions stand with the names above."),
        (
            "2.4.2.3 Model task",
            "To put comments that say similar things side by side, and to propose typical words.",
        ),
        ("2.4.2.4 Model input", "Comments with names and contact details taken out."),
        ("2.4.2.5 Model output", "A proposed group for each comment; never a decision."),
        (
            "2.4.2.6 Model architecture",
            "Sentence embeddings, clustering and class-based word weights (BERTopic); nothing is"
            " trained on the comments beyond this one grouping.\n\n" + method_note.record(document),
        ),
        ("2.4.2.7 Model performance", _said(document, "What people did")),
        (
            "2.4.2.8 Datasets and their purposes",
            "The comments of this consultation, to be grouped.",
        ),
    ]


def _data(document: Document, taken: str) -> list[Field]:
    published = "The embedding models are published ones and were not trained further."
    unknown = "Not applicable: nothing was trained for this tool."
    return [
        ("2.4.3.1 Development data description", published),
        ("2.4.3.2 Data modality", "Text."),
        *((f"2.4.3.{number} {name}", unknown) for number, name in DEVELOPMENT),
        (
            "2.4.4.1 Data sources",
            f"{_said(document, 'When people answered')} {_said(document, 'Comments')}",
        ),
        (
            "2.4.4.2 Sensitive attributes",
            (
                "Answers about special educational needs, health and equality are asked for apart,"
                f" are optional, and are not given to the tool. {taken}"
            ),
        ),
        (
            "2.4.4.3 Data processing methods",
            f"{taken} {_said(document, 'Limits')} {document.not_heard}".strip(),
        ),
        ("2.4.4.4 Data access and storage", ""),
        ("2.4.4.5 Data sharing agreements", "None: the data stays with the organisation."),
    ]


def _impact() -> list[Field]:
    return [
        ("2.5.1 Impact assessment", ""),
        ("2.5.2 Risks and mitigations", "\n".join(f"- {risk}" for risk in RISKS)),
    ]


def _said(document: Document, label: str) -> str:
    lines = [line.text for line in document.method if line.label == label]
    return " ".join(f"{text.rstrip('.')}." for text in lines) or "Not recorded in this version."


def _record(document: Document, label: str) -> str:
    lines: list[Line] = [line for line in document.record if line.label == label]
    if not lines:
        return "Not recorded in this version."
    return wording.join([line.text for line in lines])
