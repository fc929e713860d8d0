"""What every measure means: how it is counted, out of what, on which day, and what is aimed at.

The numbers M1 to M21 name one thing each that shows whether asking worked; several lines can
belong to one. Nothing here is counted: the lines say how much, this says of what.
"""

import dataclasses
from typing import Literal

Basis = Literal["snapshot", "run", "version", "today", "since", "hand"]
TITLES = {
    "people": "Who was reached, and how",
    "answering": "How it was to answer",
    "reading": "How the comments were read",
    "answers": "What came of it",
    "trust": "Whether people were told, and what they feel",
}
AIM_FINISHED, AIM_MINUTES, EMPTY_FROM, STOP_FROM = 75, 10, 15, 5
AIM_DAYS, AIM_KEPT, MANY, AIM_ALPHA, AIM_STABLE = 84, 90, 10, 0.7, 0.6


COUNT_PEOPLE = frozenset({"M1", "M2", "M4", "M5", "M6", "M7", "M9", "M10", "M11", "M15"})
"""The measures whose numbers are people: a small step of one could point at somebody."""


@dataclasses.dataclass(frozen=True, slots=True)
class Definition:
    """One measure.

    Attributes:
        code: which of M1 to M21 it belongs to.
        group: heading that it stands under, a key of TITLES.
        name: what is measured, in plain words.
        meaning: how it is counted, so that somebody else would get the same.
        number: what its numerator counts, or the number itself.
        out_of: what its denominator counts; empty where there is none.
        basis: what it is counted from, which sets its day: a snapshot, a run of the analysis, the
            newest version, what is so today (from the first day on, or "since" a report was
            published), or a person who enters it by hand.
        aim: what is aimed at; empty where nothing is.
    """

    code: str
    group: str
    name: str
    meaning: str
    number: str
    out_of: str
    basis: Basis
    aim: str = ""

    @property
    def of_people(self) -> bool:
        """Tell whether its numbers are people, and not days, comments, themes or answers."""
        return self.code in COUNT_PEOPLE


_PEOPLE = "People whose answers are in the newest snapshot"
_SENT = "Answers that were sent are counted; what nobody sent is deleted unread after 14 days."
_BREAKS = (
    "Breaks are in it, because no page has a time of its own: so it is the longest that answering"
    " can have taken, not the active time."
)
DEFINED: dict[str, Definition] = {
    "responses": Definition(
        "M1", "people", "People who answered",
        f"People who sent their answers, in whole or in part, and did not take them back. {_SENT}",
        _PEOPLE, "", "snapshot",
    ),
    "channel": Definition(
        "M1", "people", "How they answered",
        "The way in: web page, paper, session and others.",
        "People who came in that way", _PEOPLE, "snapshot",
    ),
    "channel_of": Definition(
        "M1", "people", "How each group answered",
        "The same for each group of people apart.",
        "People of the group who came in that way", "People of the group", "snapshot",
    ),
    "reach": Definition(
        "M2", "people", "Reach", "People who answered beside all there are in the county.",
        "People of the group who answered", "All there are, from a figure with its source",
        "snapshot",
    ),
    "schools": Definition(
        "M3", "people", "Schools reached",
        "Schools from which somebody is known to have taken part. Nobody who answers is asked for a"
        " school: in a small one it would point at a child. So who asks the schools counts them.",
        "Schools that took part", "Schools in the county", "hand",
    ),
    "school_sessions": Definition(
        "M3", "people", "Sessions held in schools",
        "Sessions that were opened for a school. One school can hold several, so this is no number"
        " of schools; it helps to check the one that is entered.",
        "Sessions in a school", "All sessions", "today",
    ),
    "contacts": Definition(
        "M4", "people", "Contacts in sessions",
        "Counted apart: never added to people who answered.",
        "People in the room, or things they made", "", "today",
    ),
    "contacts_elsewhere": Definition(
        "M4", "people", "Contacts elsewhere",
        "People at events, listens and views that another organiser or website counted. Contacts,"
        " not people: never added to people who answered, nor to each other.",
        "Contacts", "", "hand",
    ),
    "beside_county": Definition(
        "M5", "people", "Share beside the county",
        "Share of a group among those who answered the question, minus its share in the county:"
        " the gap. The index is 100 where both are the same. Taken from the published report,"
        " which says what chance alone could do.",
        "People of the group who answered", "People who are compared", "version",
    ),
    "finished": Definition(
        "M6", "answering", "Finished",
        "People who sent their answers, of those who said yes on a screen. Answers that nobody"
        " sends are deleted after 14 days; that they were begun is kept. Who presses “delete” is"
        " not among them.",
        "People who sent answers on a screen", "People who began on a screen", "snapshot",
        f"{AIM_FINISHED}% or more",
    ),
    "finished_edition": Definition(
        "M6", "answering", "Finished, by edition",
        "The same for the edition that people used last.",
        "People who sent that edition on a screen", "People who began on a screen, last in it",
        "snapshot", f"{AIM_FINISHED}% or more",
    ),
    "finished_device": Definition(
        "M6", "answering", "Finished, by device",
        "Engage looks at no browser. Where the web server counts visits by kind of device, who"
        " reads its statistics can enter them: they are visits, not people.",
        "Visits that reached the last page", "Visits that began", "hand",
        f"{AIM_FINISHED}% or more",
    ),
    "stopped": Definition(
        "M7", "answering", "Where people stop",
        "The last page that people sent before they stopped for good. Counted when unsent answers"
        " are deleted, without a time and apart from everybody; those still kept are added. More"
        f" than {STOP_FROM}% at one place is marked.",
        "People who stopped after that page", "People who began on a screen", "snapshot",
        f"no more than {STOP_FROM}% at one place",
    ),
    "minutes": Definition(
        "M8", "answering", "Time to answer",
        f"Minutes from “yes” to “send” within which half had finished, on the web. {_BREAKS}",
        "Minutes", "People who answered on the web", "snapshot", f"{AIM_MINUTES} min or less",
    ),
    "minutes_most": Definition(
        "M8", "answering", "Time that nine in ten need",
        f"Minutes from “yes” to “send” within which nine in ten had finished. {_BREAKS}",
        "Minutes", "People who answered on the web", "snapshot",
    ),
    "minutes_active": Definition(
        "M8", "answering", "Time to answer without breaks",
        "Minutes that people took when somebody sat beside them with a watch, as in a pilot.",
        "Minutes within which half had finished", "People who were watched", "hand",
        f"{AIM_MINUTES} min or less",
    ),
    "left_empty": Definition(
        "M9", "answering", "Often left empty",
        f"Questions that were put to everybody and left empty by more than {EMPTY_FROM} in 100, in"
        " all editions together and in each kind of edition.",
        "People who left it empty", "People of the group who sent that kind of edition", "snapshot",
        f"{EMPTY_FROM}% or less",
    ),
    "access": Definition(
        "M10", "people", "Ways of taking part",
        "Share of people who used each way that makes it easier. One person can use several.",
        "People who used it", _PEOPLE, "snapshot", "the planned share",
    ),
    "access_planned": Definition(
        "M10", "people", "Planned share of each way",
        "What was planned before asking, so that the share that came can be held against it.",
        "Per cent of people", "", "hand",
    ),
    "edition": Definition(
        "M10", "people", "Edition",
        "The edition that they sent: easy read and languages are editions.",
        "People who sent that edition", _PEOPLE, "snapshot",
    ),
    "help": Definition(
        "M10", "people", "Help", "What people said themselves about help with answering.",
        "People who said so", _PEOPLE, "snapshot",
    ),
    "for_them": Definition(
        "M11", "people", "Answered for them",
        "Answers of children and young people that somebody else gave for them. Reported apart"
        " from their own words.",
        "Children and young people for whom somebody answered",
        "Children and young people who answered", "snapshot",
    ),
    "themes_answered": Definition(
        "M12", "answers", "Themes with an answer",
        f"Themes that {MANY} in 100 or more of any group raised, and that a published entry"
        " answers. Where numbers are hidden the theme is not among them.",
        "Those that a published entry answers", "Themes that so many raised", "version", "100%",
    ),
    "standing": Definition(
        "M13", "answers", "How answers stand",
        "Published answers by their status in the newest version. Some “we can't” is expected:"
        " nobody can do everything.",
        "Answers with that status", "Published answers", "version",
    ),
    "to_findings": Definition(
        "M14", "answers", "From closing to approved findings",
        "Days from the last day for answers.", "Days", "", "today", f"{AIM_DAYS} days or fewer",
    ),
    "to_answers": Definition(
        "M14", "answers", "From closing to “You said, we did”",
        "Days from the last day for answers.", "Days", "", "today", f"{AIM_DAYS} days or fewer",
    ),
    "told": Definition(
        "M15", "trust", "Told what happened",
        "People who were told, by e-mail or by an officer, of those who asked to be.",
        "People who were told", "People who asked to be told", "since",
    ),
    "told_last_time": Definition(
        "M15", "trust", "Clearly told the last time",
        "What people answered when asked whether they were told the last time.",
        "People who said “yes, clearly”", "People who answered that question", "version",
    ),
    "late_now": Definition(
        "M16", "answers", "Late now", "Published answers that owe a deed or a check today.",
        "Answers that are late", "Published answers", "since",
    ),
    "review_kept": Definition(
        "M16", "answers", "Review kept",
        "Answers of the first version whose review was written down by its day.",
        "Answers reviewed by their day", "Answers of the first version", "since",
        f"{AIM_KEPT}% or more",
    ),
    "owed": Definition(
        "M16", "answers", "Answers that owners owe",
        "Entries whose owner should have written the answer by now and has not.",
        "Entries without their answer", "Entries that somebody was asked to answer", "today",
    ),
    "felt": Definition(
        "M17", "trust", "Families feel it",
        "Published answers by the newest word of a body of families about each.",
        "Answers with that word", "Answers with a word of families", "version",
    ),
    "rating": Definition(
        "M17", "trust", "How families rate services",
        "Mean rating out of 10 that a body of families asked for in a survey of its own. It is"
        " theirs, not ours.",
        "Mean rating, 0 to 10", "People who rated", "hand",
    ),
    "read_in_time": Definition(
        "M18", "reading", "Read for safety in time",
        "Texts that a person read within the working days allowed, of all that are read or late.",
        "Texts read in time", "Texts read, or late", "today", "100%",
    ),
    "read": Definition(
        "M19", "reading", "Read by a person",
        "Comments that a person read and decided about, of all that were analysed.",
        "Comments read", "Comments in the analysis", "run", "every one of up to 1,000 comments",
    ),
    "in_theme": Definition(
        "M19", "reading", "In an approved theme",
        "Comments that are in a theme which a person approved: where a person has read one, that"
        " person's word counts, else the machine's.",
        "Comments in an approved theme", "Comments in the analysis", "run",
    ),
    "stable": Definition(
        "M19", "reading", "Themes that are found again",
        "Proposed themes whose members are mostly the same when the analysis is done again on"
        f" parts of the comments: mean Jaccard of {AIM_STABLE} or more.",
        "Proposed themes that are stable", "Proposed themes that were tried again", "run",
    ),
    "agree": Definition(
        "M19", "reading", "Two readers agree",
        "Krippendorff's alpha over all comments that two people coded without seeing each other's.",
        "Alpha", "Comments read twice", "run", f"{AIM_ALPHA} or more",
    ),
    "at_once": Definition(
        "M20", "answering", "Asked at once",
        "Surveys that were open to the same people on any of the same days.",
        "Surveys open at once", "", "today", "one at a time",
    ),
    "in_year": Definition(
        "M20", "answering", "Asked within a year",
        "Minutes that all surveys ask of the same people which were open in the year to the last"
        " day for answers, as the surveys themselves say.",
        "Minutes asked of one person", "", "today",
    ),
    "asked_elsewhere": Definition(
        "M20", "answering", "Asked by others within a year",
        "Minutes that surveys of other bodies asked of the same families; Engage cannot know them.",
        "Minutes asked of one family", "", "hand",
    ),
    "cornerstones": Definition(
        "M21", "trust", "Four cornerstones, asked after sessions",
        "At the end of a session the group is asked four short things, and hands are counted; only"
        " the count is written down. The value is of all sessions together; each quarter stands"
        " beside it, by the day of its last session.",
        "People who put their hand up", "People in the room who were asked", "hand",
    ),
}  # fmt: skip
