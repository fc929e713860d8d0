"""The rules of one entry, Y0 to Y18: each says what to mend in a sentence, and here why it exists.

A "block" stops publication; a "warn" is advice. The numbers are those of the rule list that the
partnership agreed, so that a sentence can be traced to its reason. Y15 is no rule that anybody
can break: see `reports.documents.overdue`.
"""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator

from reports.checks import sizerules
from reports.checks.rulefacts import EntryFacts, Weight
from reports.documents.document import RESPONSE_TYPES
from surveys import easyread

REFUSALS = frozenset({"partly", "cant_now", "cant_ever", "not_ours_passed_on"})
PROMISES = frozenset({"doing", "planned"})
SHORTEST_REASON = 40
SMALLEST_QUOTE_SLICE = 10
LONGEST_REVIEW_MONTHS = 6
LONGEST_SEARCH = dt.timedelta(weeks=12)
SCHOOL_STARTS = 5
OLDEST_READING_AGE = 12
ENOUGH_WORDS = 30
SAME_PROMISE = 0.85
INITIALS = re.compile(r"\b[A-Z]{2,6}\b")
BECAUSE_YOU = re.compile(r"\bbecause (?:of what )?you (?:said|told|asked|wrote)", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(committed to|exploring|looking (?:at|into)|aim(?:ing)? to|hop(?:e|ing) to"
    r"|continu(?:e|ing) to|working hard|will consider)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:we|we\u2019ve|we've|we have|has|have) (?:now )?(\w+ed|built|made|put|set|began|gave"
    r"|held|wrote|met|found|trained|hired|opened|spent|kept|told|sent)\b",
    re.IGNORECASE,
)


def later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def _y1_has_evidence(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y1: at least one approved theme and one count with its base.

    "You said" without people behind it is an opinion of whoever writes.
    """
    if entry.themes == 0:
        yield "Link the entry to at least one approved theme."
    if entry.unapproved_themes:
        yield "Approve every theme of the entry first, or take it out."
    if entry.themes and not any(c.shown and c.base for c in entry.counts):
        yield "No count can be shown. Join the entry with a wider one, or give it one theme only."


def _y2_counts_hold(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y2: counts are large enough to show and still what the answers say.

    A number that moved, or that is so small that it points at somebody, breaks trust for good.
    """
    if entry.stale_themes:
        yield "The answers were analysed again. Link the entry to a theme of the newest analysis."
    for count in entry.counts:
        if count.shown is None:
            continue
        if 0 < count.shown < entry.threshold:
            yield f"The count for {count.audience} is too small to show. Hide it."
        if count.shown != count.recounted:
            yield f"The count for {count.audience} no longer matches the answers. Count again."


def _y3_done_is_done(entry: EntryFacts, opened: dt.date, today: dt.date) -> Iterator[str]:
    """Y3: "done" has a day that has come and evidence.

    What was done before anybody was asked is no answer to them, and says so.
    """
    if entry.response_type != "done":
        return
    if entry.done_on is None or entry.done_on > today:
        yield "Say on which day it was done; the day cannot be in the future."
    if not entry.evidence.strip():
        yield "Give at least one piece of evidence that it is done."
    early = entry.done_on is not None and entry.done_on < opened
    if early and entry.caused_by != "already_planned_confirmed":
        yield "It was done before people were asked. Say that it was already planned."


def _y3_done_stays_done(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y3: what is measured has not fallen back since; a person decides whether it has.

    "Done" that stands on a number of last year hides that the thing came undone.
    """
    if entry.response_type == "done":
        yield from entry.fallen


def _y4_promise_is_dated(entry: EntryFacts, _opened: dt.date, today: dt.date) -> Iterator[str]:
    """Y4: a promise names a role, a body, a day, and a check within six months.

    A promise that nobody owns and that has no day cannot be broken, so it is none.
    """
    if entry.response_type not in PROMISES:
        return
    if not entry.owner_role.strip() or not entry.owner_org.strip():
        yield "Name the role and the body that will do it."
    if entry.due_on is None:
        yield "Say by when it will be done."
    if entry.review_due is None or entry.review_due > later(today, LONGEST_REVIEW_MONTHS):
        yield "Set a day within six months on which you will check it."


def _y5_refusal_is_honest(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y5: "we can't" says why, in at least forty letters, and what there is instead.

    People accept a no that is explained; a no that is hidden is found out.
    """
    if entry.response_type not in REFUSALS:
        return
    if not entry.because_kind:
        yield "Choose the kind of reason why it cannot be done."
    if len(entry.because.strip()) < SHORTEST_REASON:
        yield f"Explain why in at least {SHORTEST_REASON} letters."
    if not entry.instead.strip():
        yield "Say what you can do instead, or write “Nothing at present”."


def _y6_is_concrete(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y6: soft verbs need a date or a number beside them.

    "We are committed to" was written for years while nothing happened.
    """
    for sentence in re.split(r"(?<=[.!?])\s+", entry.did):
        match = VAGUE.search(sentence)
        if match and not re.search(r"\d", sentence):
            yield f"“{match[0]}” promises nothing by itself. Add a date or a number."


def _y7_past_means_done(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y7: the past tense belongs to what is done.

    "We have set up" beside "Planned" lets readers believe more than is true.
    """
    status = RESPONSE_TYPES.get(entry.response_type or "")
    if status not in {"done", "doing", None} and PAST.search(entry.did):
        yield "The answer is written as if it were done, but its status is not “Done”."


def _y8_names_nobody(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y8: nobody can be recognised in words that staff wrote.

    A published name, telephone number or small school cannot be called back.
    """
    for detail in entry.private_details:
        yield f"Take out what could identify somebody: {detail}."


def _y8_families_name_nobody(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y8: what families said may name somebody too, but it is theirs: staff are only told.

    Their words leave only by a redaction with its reason, or when they say it anew.
    """
    for detail in entry.family_details:
        yield f"Words of families may point at somebody: {detail}. Ask them, or take the words out."


def _y9_easy_read(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y9: every entry has its easy-read text, and its lines can be managed.

    Young people are owed the answer in words they can read, on the same day.
    """
    for name in entry.easy_missing:
        yield f"Write the easy-read text for {name}."
    yield from entry.easy_faults


def _y9_easier_still(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y9: what would make easy-read lines easier; formulas only advise."""
    yield from entry.easy_advice


def _y11_quotes_permitted(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y11: quotes are permitted, not taken back, and from a group of ten or more.

    The writer gave the words for counting; printing them is a second permission.
    """
    for number, quote in enumerate(entry.quotes, start=1):
        if not quote.permitted:
            yield f"Quote {number} has no permission to be printed. Take it out."
        if quote.withdrawn:
            yield f"Quote {number} was withdrawn by its writer. Take it out."
        if quote.held:
            yield f"Quote {number} cannot be used at present. Take it out."
        if quote.slice_people < SMALLEST_QUOTE_SLICE and not quote.withdrawn:
            yield f"Quote {number} comes from a group of fewer than {SMALLEST_QUOTE_SLICE} people."


def _is_whole(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y0: there is something said and something answered.

    Half an entry is worse than none: it looks like an answer.
    """
    if not entry.said.strip():
        yield "Write what people said, in their words."
    if entry.response_type is None or not entry.did.strip():
        yield "Write an answer: what was done, will be done, or cannot be done."


def _search_ends(entry: EntryFacts, _opened: dt.date, today: dt.date) -> Iterator[str]:
    """Y4: finding out ends within twelve weeks.

    "We are looking into it" may not become a place where questions are left.
    """
    if entry.response_type != "need_to_find_out":
        return
    if entry.due_on is None or entry.due_on > today + LONGEST_SEARCH:
        yield "Say by which day, within twelve weeks, you will have found out."


def _y10_reads_easily(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y10: a reader of about twelve manages it, and initials are written out once.

    Many adults read at that age, and initials shut out everybody who is new. The formula knows
    words and sentences, not sense, so it advises, and only where there is enough to judge.
    """
    for text in entry.texts:
        age = round(easyread.grade([text]) + SCHOOL_STARTS)
        if len(text.split()) >= ENOUGH_WORDS and age > OLDEST_READING_AGE:
            start = " ".join(text.split()[:4])
            yield f"“{start} …” reads as if for age {age}. Use shorter words and sentences."
    everything = " ".join(entry.texts)
    for found in dict.fromkeys(INITIALS.findall(everything)):
        if found not in easyread.KNOWN_INITIALS and not re.search(
            rf"\({found}\)|{found} \(", everything
        ):
            yield f"Write out “{found}” once, with the initials behind it in brackets."


def _y16_is_signed(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y16: whoever was asked to sign has signed the answer as it stands, or refused it.

    "Made together" may not be printed over the silence of the other side.
    """
    for one in entry.sign_offs:
        if one.state == "waiting" and entry.response_type is not None:
            yield f"{one.body} has not signed this answer yet. A changed answer is signed again."


def _y16_is_agreed(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y16: a refusal stops nothing, and is printed.

    Disagreement that readers can see is worth more than agreement that nobody believes.
    """
    for one in entry.sign_offs:
        if one.state == "refused":
            yield f"{one.body} does not agree. Its words are printed, and “Done” is held back."


def _y17_is_new(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y17: the same promise is not made twice, at 85 in 100 of its letters or more.

    Families remember what was promised last year; repeating it as news says that it was not kept.
    """
    for other in entry.told_before:
        if same_words(entry.did, other.did) >= SAME_PROMISE:
            yield f"This is almost what “{other.where}” says already. Say what is new since then."


def _y18_cause_is_recorded(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y18: "because you told us" needs a recorded decision that came from this feedback.

    To thank families for what was planned anyway takes their part in it for show.
    """
    if entry.caused_by == "this_feedback" and not entry.has_decision:
        yield "Record the decision first: it says that this was done because of what people told."
    if entry.caused_by != "this_feedback" and any(map(BECAUSE_YOU.search, entry.texts)):
        yield "It says “because you told us”, but not that this feedback was the cause."


def same_words(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, whatever their spaces and capitals."""
    left, right = (" ".join(text.lower().split()) for text in (one, other))
    if not left or not right:
        return 0.0
    alike = difflib.SequenceMatcher(None, left, right, autojunk=False)
    return alike.ratio() if alike.quick_ratio() >= SAME_PROMISE else 0.0


EntryRule = Callable[[EntryFacts, dt.date, dt.date], Iterator[str]]
ENTRY_RULES: tuple[tuple[str, Weight, EntryRule], ...] = (
    ("Y0", "block", _is_whole),
    ("Y1", "block", _y1_has_evidence),
    ("Y2", "block", _y2_counts_hold),
    ("Y3", "block", _y3_done_is_done),
    ("Y3", "warn", _y3_done_stays_done),
    ("Y4", "block", _y4_promise_is_dated),
    ("Y4", "block", _search_ends),
    ("Y5", "block", _y5_refusal_is_honest),
    ("Y6", "warn", _y6_is_concrete),
    ("Y7", "warn", _y7_past_means_done),
    ("Y8", "block", _y8_names_nobody),
    ("Y8", "warn", _y8_families_name_nobody),
    ("Y9", "block", _y9_easy_read),
    ("Y9", "warn", _y9_easier_still),
    ("Y10", "warn", _y10_reads_easily),
    ("Y11", "block", _y11_quotes_permitted),
    ("Y16", "block", _y16_is_signed),
    ("Y16", "warn", _y16_is_agreed),
    ("Y17", "warn", _y17_is_new),
    ("Y18", "warn", _y18_cause_is_recorded),
    *sizerules.RULES,
)
