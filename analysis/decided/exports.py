"""What leaves the workbench for other tools: redacted words with both records, and the facts.

One row is one segment of one answer, the machine's word and people's side by side. Words that are
held for safety, taken back or left out are in none of these files; how many are missing is said.
"""

import datetime as dt
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from analysis import disclosure
from analysis.codeframes import interchange, themefinder
from analysis.codeframes.codeframe import CodeFrame
from analysis.codeframes.interchange import MACHINE, Mark, Project, Source
from analysis.decided import assisting, coded, queries, second_reading
from analysis.decided.coded import Answer, CodedAnswer
from analysis.models.assist_records import Suggestion
from analysis.models.store import AnalysisRun
from analysis.standalone import tables
from engage.consultations import Consultation, local_date
from surveys.queries import current_document, surveys_of

COLUMNS = (
    "response", "question", "audience", "edition", "segment", "redacted_text",
    "machine_topic", "machine_themes", "machine_confidence", "machine_main", "machine_not_sure",
    "set_aside", "suggested_themes", "suggested_scores", "people_themes", "read_by_a_person",
    "read_on",
)  # fmt: skip
BETWEEN = "; "
NAMES = {
    "coded.csv": "Coded comments, one row a segment (CSV)",
    "coded.xlsx": "The same as a spreadsheet",
    "codebook.qdc": "Themes as a codebook for other tools (REFI-QDA)",
    "project.qdpx": "Comments with their codes for other tools (REFI-QDA)",
    "method-facts.json": "Facts for the method note",
    "themefinder.zip": "Themes and mapping for ThemeFinder and for Consult, a folder each",
}


class UnknownExportError(LookupError):
    """There is no export of that name."""


def export(
    session: Session,
    consultation: Consultation,
    run: AnalysisRun,
    name: str,
    *,
    threshold: int,
    now: dt.datetime,
) -> bytes:
    """Return one file of those in NAMES.

    Args:
        session: only read.
        consultation: whose themes.
        run: whose comments.
        name: a key of NAMES.
        threshold: smallest number of people that the facts may show.
        now: written into the files that carry a date.

    Raises:
        UnknownExportError: there is no such file.
        NoCodesError: the codebook was wanted, and there is no theme yet.
    """
    makers: Mapping[str, Callable[[], bytes]] = {
        "coded.csv": lambda: tables.csv_text(COLUMNS, rows(session, run)).encode("utf-8-sig"),
        "coded.xlsx": lambda: tables.spreadsheet("Coded", COLUMNS, rows(session, run)),
        "codebook.qdc": lambda: interchange.codebook_xml(
            coded.code_frame(session, consultation.id)
        ),
        "project.qdpx": lambda: interchange.project_zip(project(session, consultation, run, now)),
        "method-facts.json": lambda: _json(
            method_facts(session, consultation, run, threshold=threshold)
        ),
        "themefinder.zip": lambda: _zip(themefinder_files(session, consultation, run)),
    }
    if name not in makers:
        raise UnknownExportError(name)
    return makers[name]()


def rows(session: Session, run: AnalysisRun) -> list[tuple[object, ...]]:
    """Return one row for each segment, in the order of COLUMNS."""
    names = {code.id: code.name for code in coded.code_frame(session, run.consultation_id)}
    suggested = _suggested(session, run)
    return [
        row
        for answer in coded.coded_answers(session, run)
        for row in _rows(answer, names, suggested.get(answer.key))
    ]


def project(
    session: Session, consultation: Consultation, run: AnalysisRun, now: dt.datetime
) -> Project:
    """Return comments, themes and codings as a project for qualitative tools."""
    frame = coded.code_frame(session, consultation.id)
    answers = [a for a in coded.coded_answers(session, run) if a.text.strip()]
    sources = tuple(_source(answer, place, run, frame) for place, answer in enumerate(answers, 1))
    return Project(run.id, consultation.title, frame, sources, now)


def themefinder_files(
    session: Session, consultation: Consultation, run: AnalysisRun
) -> dict[str, str]:
    """Return the files for ThemeFinder and Consult by their path."""
    frame = coded.code_frame(session, consultation.id)
    words = question_words(session, consultation)
    by_question: dict[str, list[themefinder.Answer]] = {}
    facts: dict[str, dict[str, str]] = {}
    for answer in coded.coded_answers(session, run):
        if not answer.set_aside:
            who = answer.response_id
            facts[who] = {"audience": answer.audience, "edition": answer.edition}
            found = themefinder.Answer(who, answer.text, sorted(answer.themes))
            by_question.setdefault(answer.question, []).append(found)
    asked = [
        themefinder.Question(words.get(question, question), answers)
        for question, answers in sorted(by_question.items())
    ]
    return themefinder.files(asked, frame, facts, local_date(run.finished_at))


def method_facts(
    session: Session, consultation: Consultation, run: AnalysisRun, *, threshold: int
) -> dict[str, object]:
    """Return what a method note needs, small numbers hidden."""
    answers = coded.coded_answers(session, run)
    counts = Counter(answer.set_aside for answer in answers if answer.set_aside)
    read = [answer for answer in answers if answer.people is not None]
    return {
        "consultation": {
            "title": consultation.title,
            "opened": consultation.opens_on.isoformat(),
            "closed": consultation.closes_on.isoformat(),
        },
        "run": _about_run(run),
        "comments": {
            "in_the_run": run.documents,
            "themed": run.themed,
            "set_aside": run.set_aside,
            "set_aside_by_reason": _shown(counts, threshold),
            "not_in_exports": str(
                disclosure.protect_count(run.documents - len(answers), threshold=threshold)
            ),
        },
        "people": {
            "by_audience": _shown(queries.base_by_audience(session, run.id), threshold),
        },
        "coding": {
            "themes_in_use": len(queries.themes(session, consultation.id)),
            "themes_approved": len(queries.approved_themes(session, consultation.id)),
            "comments_read_by_a_person": len(read),
            "readers": len({answer.read_by for answer in read}),
        },
        "agreement_of_two_readers": _agreement(session, run),
        "machine_against_people": _machine(session, run),
        "suppression": {
            "smallest_number_shown": threshold,
            "mark": disclosure.CONFIDENTIAL,
            "smallest_base_for_percent": disclosure.SMALLEST_BASE_FOR_PERCENT,
        },
    }


def question_words(session: Session, consultation: Consultation) -> dict[str, str]:
    """Return the standard words of every question the consultation asked, by its code."""
    return {
        code: question.text.standard
        for survey in surveys_of(session, consultation.id)
        for code, question in current_document(session, survey).questions.items()
    }


def _rows(
    answer: CodedAnswer, names: Mapping[str, str], suggestion: Suggestion | None
) -> list[tuple[object, ...]]:
    suggested = [c for c in suggestion.codes if c.theme_id in names] if suggestion else []
    people = "" if answer.people is None else _named(answer.people, names)
    return [
        (
            answer.response_id, answer.question, answer.audience, answer.edition, clause.number,
            clause.text, clause.topic, _named(clause.themes, names),
            "" if clause.set_aside else round(clause.confidence, 4), clause.is_primary,
            clause.needs_review, clause.set_aside,
            BETWEEN.join(names[code.theme_id] for code in suggested),
            BETWEEN.join(f"{code.score:.2f}" for code in suggested),
            people, answer.people is not None,
            "" if answer.read_at is None else local_date(answer.read_at).isoformat(),
        )
        for clause in answer.clauses
    ]  # fmt: skip


def _named(themes: frozenset[str], names: Mapping[str, str]) -> str:
    return BETWEEN.join(sorted(names[theme] for theme in themes if theme in names))


def _suggested(session: Session, run: AnalysisRun) -> dict[Answer, Suggestion]:
    return {(s.response_id, s.question): s for s in assisting.suggestions(session, run.id)}


def _source(answer: CodedAnswer, place: int, run: AnalysisRun, frame: CodeFrame) -> Source:
    marks: list[Mark] = []
    start = 0
    for clause in answer.clauses:
        end = start + len(clause.text)
        marks += [Mark(start, end, t, MACHINE, run.finished_at) for t in sorted(clause.themes)]
        start = end + 1
    people = sorted(answer.people or ())
    marks += [Mark(0, len(answer.text), t, answer.read_by, answer.read_at) for t in people]
    facts = {"question": answer.question, "audience": answer.audience, "edition": answer.edition}
    if answer.set_aside:
        facts["set_aside"] = answer.set_aside
    return Source(
        id=f"{answer.response_id}:{answer.question}",
        name=f"{place:05d} {answer.question} {answer.response_id[:8]}",
        text=answer.text,
        marks=tuple(mark for mark in marks if mark.start < mark.end and mark.code in frame),
        facts=facts,
    )


def _about_run(run: AnalysisRun) -> dict[str, object]:
    return {
        "id": run.id,
        "finished": run.finished_at.isoformat(),
        "input_hash": run.input_hash,
        "settings": json.loads(run.settings),
        "seed": run.seed,
        "seconds": float(run.seconds),
        "versions": json.loads(run.versions),
    }


def _agreement(session: Session, run: AnalysisRun) -> dict[str, object]:
    found = second_reading.agree(session, run)
    names = {code.id: code.name for code in coded.code_frame(session, run.consultation_id)}
    return {
        "comments_read_by_two": found.answers,
        "krippendorff_alpha": _round(found.alpha),
        "codes": {
            names[line.code]: {
                "percent": _round(line.percent),
                "cohen_kappa": _round(line.kappa),
                "krippendorff_alpha": _round(line.alpha),
            }
            for line in found.codes
            if found.answers
        },
    }


def _machine(session: Session, run: AnalysisRun) -> list[dict[str, object]]:
    return [
        {
            "slice": line.slice,
            "value": line.value,
            "comments": line.answers,
            "micro_f1": _round(line.f1),
            "interval": [_round(line.interval.low), _round(line.interval.high)],
        }
        for line in assisting.machine_against_people(session, run)
        if line.interval is not None
    ]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _shown(counts: Mapping[str, int], threshold: int) -> dict[str, str]:
    protected = disclosure.protect_row(counts, threshold=threshold)
    return {name: str(count) for name, count in sorted(protected.items())}


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _zip(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, interchange.EARLIEST_ZIP), content)
    return out.getvalue()
