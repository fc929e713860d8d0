"""What a keying screen shows: the boxes of one sheet, what was typed, and what is wrong."""

import dataclasses
from collections.abc import Iterator, Sequence

from flask import render_template, request, url_for
from flask_security import current_user
from sqlalchemy import func, select

from engage.consultations import Consultation
from engage.db import db
from surveys import respondents
from surveys.desk.paper import is_officer, my_sessions
from surveys.models import PaperSheet, SheetScan, Survey, SurveyVersion
from surveys.paperwork import keyedsheet
from surveys.paperwork.drawings import Drawing
from surveys.paperwork.keyedsheet import Reading
from surveys.paperwork.secondreading import Difference
from surveys.questionnaire import Questionnaire
from surveys.questions import EDITION_FACTS, EDITIONS, Edition, Values
from surveys.questions.words import tidy

EMPTY = "Nothing was typed. If the sheet is empty, put it aside: it is not keyed."
NOT_LATE = "Tick “It came after the last day” as well, or count the sheet."
OFF_PATH = "Some questions were answered that the sheet said to leave out. See below."
TICKS = frozenset({"late", "too_late", "leave_out", "drop_scan"})
WAITING_SHOWN = 20
DRAWING = "drawing-"
MINE = "You have keyed a sheet with this code. Another person can check it by keying it again."
DONE = "This sheet has been keyed by one person and checked by another."

Error = tuple[str, str]


@dataclasses.dataclass(frozen=True)
class Desk:
    """One sheet on the desk: where it belongs, what it asks, what was typed from it so far.

    Attributes:
        sheet: None while a paper has no code of its own yet.
        original: the keyed sheet whose code a photocopy carries.
    """

    plan: Consultation
    survey: Survey
    read: Questionnaire
    edition: Edition
    sheet: PaperSheet | None
    original: PaperSheet | None = None

    @property
    def is_second(self) -> bool:
        """Tell whether this is the second reading of the sheet."""
        return self.sheet is not None and self.sheet.response_id is not None

    @property
    def closed_because(self) -> str:
        """Return why there is nothing to type, or nothing."""
        if self.sheet is None or self.sheet.response_id is None:
            return ""
        if self.sheet.verified_by is not None:
            return DONE
        return MINE if self.sheet.keyed_by == str(current_user.id) else ""

    def pictures(self) -> dict[str, Drawing]:
        """Return the drawings that were sent with the form, and what was ticked beside each."""
        lines = keyedsheet.lines(self.read, self.edition, {}, {})
        sent = {one.code: request.files.get(f"{DRAWING}{one.code}") for one in lines}
        kept = {code: file.read() for code, file in sent.items() if file and file.filename}
        return {code: _drawing(code, content) for code, content in kept.items()}

    def reading(self) -> Reading:
        """Return what the boxes of the form say."""
        return keyedsheet.read_sheet(self.read, self.edition, keyedsheet.typed_in(request.form))


@dataclasses.dataclass(frozen=True)
class Decision:
    """One difference as the page asks about it, both answers in words."""

    code: str
    question: str
    first: str
    second: str
    chosen: str


def page(
    desk: Desk,
    reading: Reading | None = None,
    errors: Sequence[Error] = (),
    differences: Sequence[Difference] = (),
) -> str:
    """Draw the boxes of a sheet; after a mistake with everything that was typed."""
    typed = keyedsheet.typed_in(request.form)
    return render_template(
        "surveys/keying_sheet.html",
        desk=desk,
        plan=desk.plan,
        survey=desk.survey,
        title=desk.read.title.in_(desk.edition),
        facts=EDITION_FACTS[desk.edition],
        lines=keyedsheet.lines(
            desk.read, desk.edition, typed, reading.mistakes if reading else {}
        ),
        beside=request.form if request.method == "POST" else {},
        off_path=_named(desk, reading.off_path) if reading and not desk.is_second else [],
        decisions=[_decision(desk, one) for one in differences],
        late=TICKS & request.form.keys(),
        has_scan=has_scan(desk.sheet),
        sessions=my_sessions(desk.survey) if desk.sheet is None else [],
        chosen_session=request.values.get("session", ""),
        editions=[(one, EDITION_FACTS[one].name) for one in EDITIONS if one != "bsl"],
        errors=[{"href": f"#{name}", "text": text} for name, text in errors],
        demo=desk.plan.is_demo,
    )  # fmt: skip


def ask(plan: Consultation, survey: Survey, mistake: str = "") -> str:
    """Draw the page that asks for the code of the next sheet."""
    return render_template(
        "surveys/keying.html",
        plan=plan,
        survey=survey,
        typed=tidy(request.form.get("code", "")),
        counted=_counted(survey),
        waiting=_waiting(survey),
        errors=[{"href": "#code", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def at(plan: Consultation, survey: Survey, code: str = "") -> str:
    """Return the address of a sheet, or of the page that asks for the next one."""
    if not code:
        return url_for("keying.next_sheet", slug=plan.slug, survey_slug=survey.slug)
    return url_for("keying.sheet", slug=plan.slug, survey_slug=survey.slug, code=code)


def mistakes(desk: Desk, reading: Reading) -> Iterator[Error]:
    """Yield what is wrong with a reading: answers that cannot be kept, with their question."""
    numbers = keyedsheet.numbered(desk.read, desk.edition)
    for code, text in reading.mistakes.items():
        yield f"{keyedsheet.BOX}{code}", f"Question {numbers[code]}: {text}"
    drawn = any(name.startswith(DRAWING) and file for name, file in request.files.items())
    if not reading.values and not reading.mistakes and not drawn:
        first = keyedsheet.asked_on_paper(desk.read, desk.edition)[0]
        yield f"{keyedsheet.BOX}{first.code}", EMPTY


def first_mistakes(desk: Desk, reading: Reading) -> Iterator[Error]:
    """Yield what stops a first reading: also answers off the path, and a contradiction."""
    yield from mistakes(desk, reading)
    if reading.off_path and "leave_out" not in request.form:
        yield (
            "leave_out",
            "Some questions were answered that the sheet said to leave out. See below.",
        )
    if "too_late" in request.form and "late" not in request.form:
        yield "late", NOT_LATE


def differs(desk: Desk, difference: Difference) -> Error:
    """Return one open difference for the list of what is to be decided."""
    number = keyedsheet.numbered(desk.read, desk.edition)[difference.question]
    return f"decide-{difference.question}", f"Question {number}: decide which reading is right"


def has_scan(sheet: PaperSheet | None) -> bool:
    """Tell whether a picture of the sheet is kept."""
    kept = select(SheetScan.sheet_id).where(SheetScan.sheet_id == (sheet.id if sheet else ""))
    return db.session().scalar(kept) is not None


def _drawing(code: str, content: bytes) -> Drawing:
    said = {part: tidy(request.form.get(f"{part}-{code}", "")) for part in ("print", "name", "age")}
    return Drawing(content, bool(said["print"]), said["name"], said["age"])


def _decision(desk: Desk, one: Difference) -> Decision:
    return Decision(
        code=one.question,
        question=_named(desk, (one.question,))[0],
        first=_in_words(desk, one.question, one.first),
        second=_in_words(desk, one.question, one.second),
        chosen=request.form.get(f"decide-{one.question}", ""),
    )


def _in_words(desk: Desk, code: str, values: Values) -> str:
    said = desk.read.questions[code].summary(values, desk.edition)
    return "; ".join(said) or "nothing"


def _named(desk: Desk, codes: Sequence[str]) -> list[str]:
    numbers = keyedsheet.numbered(desk.read, desk.edition)
    return [f"{numbers[one]}. {desk.read.questions[one].text.in_(desk.edition)}" for one in codes]


def _counted(survey: Survey) -> dict[str, int]:
    """Return how many sheets were printed, keyed and checked; sheets, so nobody is counted."""
    columns = (func.count(), func.count(PaperSheet.response_id), func.count(PaperSheet.verified_by))
    row = db.session().execute(_of_survey(select(*columns), survey)).one()
    return dict(zip(("printed", "keyed", "checked"), row, strict=True))


def _waiting(survey: Survey) -> list[PaperSheet]:
    """Return sheets that another person keyed and that this person may check."""
    if not is_officer():
        return []
    found = _of_survey(select(PaperSheet), survey).where(
        PaperSheet.response_id.is_not(None),
        PaperSheet.verified_by.is_(None),
        PaperSheet.keyed_by != str(current_user.id),
    )
    return list(db.session().scalars(found.order_by(PaperSheet.code).limit(WAITING_SHOWN)))


def _of_survey(columns: respondents.Statement, survey: Survey) -> respondents.Statement:
    return (
        columns.select_from(PaperSheet)
        .join(SurveyVersion, SurveyVersion.id == PaperSheet.survey_version_id)
        .where(SurveyVersion.survey_id == survey.id)
    )
