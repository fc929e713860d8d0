"""Who was heard, as tables of the open-data package."""

from reports.counting import shorthands
from reports.formats.sheets import Column, Sheet
from reports.representation.heardparts import Heard
from reports.words.facts import Fact


def sheets(who: Heard | None) -> tuple[Sheet, ...]:
    """Return the tables of who answered; none for a version from before that was counted."""
    return (
        () if who is None else (_groups(who), _places(who), _audience_words(who), _baselines(who))
    )


def _groups(who: Heard) -> Sheet:
    return Sheet(
        "who_answered",
        "Who answered, by what they said about themselves",
        "One row for each answer to each question about the people who answered.",
        (
            Column("question", "string", "The question, as it was asked."),
            Column("asked_of", "string", "Whom it was asked."),
            Column("group", "string", "The answer."),
            Column("people", "integer", "How many people gave it, or the mark that hides it."),
            Column("base", "integer", "How many people answered the question."),
            Column("their_share", "string", "Share of those compared; [z] if it is not."),
            Column("chance", "string", "What chance alone leaves open, 95%."),
            Column("county_share", "string", "Share in the county; [z] where it is not known."),
            Column("index", "string", "100 where both shares are the same."),
            Column("in_words", "string", "The comparison in words."),
            Column("figure", "string", "Key of the number in figures.csv."),
        ),
        tuple(
            (
                one.question, one.about, group.label, *_number(group.fact),
                *map(_or_not, (group.share, group.interval, group.population, group.index)),
                group.compared, group.fact.key,
            )
            for one in who.profiles
            for group in one.groups
        ),
        ("figure",),
    )  # fmt: skip


def _places(who: Heard) -> Sheet:
    return Sheet(
        "places",
        "Where people who answered live or work",
        "One row for each district and audience.",
        (
            Column("audience", "string", "Who they are."),
            Column("district", "string", "Code of the district."),
            Column("name", "string", "Name of the district."),
            Column("people", "integer", "How many named it, or the mark that hides it."),
            Column("base", "integer", "How many named any district."),
            Column("figure", "string", "Key of the number in figures.csv."),
        ),
        tuple(
            (one.audience, place.code, place.label, *_number(place.fact), place.fact.key)
            for one in who.maps
            for place in (*one.places, *one.others)
        ),
        ("figure",),
    )


def _audience_words(who: Heard) -> Sheet:
    return Sheet(
        "audience_words",
        "The words each audience used most",
        "One row for each word of each audience's cloud.",
        (
            Column("audience", "string", "Who wrote it."),
            Column("word", "string", "The word."),
            Column("people", "integer", "How many of them wrote it."),
            Column("base", "integer", "How many of them wrote a comment."),
        ),
        tuple(
            (one.audience, word.word, *_number(word.fact))
            for one in who.clouds
            for word in one.words
        ),
        ("audience", "word"),
    )  # fmt: skip


def _baselines(who: Heard) -> Sheet:
    return Sheet(
        "baselines",
        "Figures about the county",
        "One row for each figure about everybody that is used here.",
        (
            Column("key", "string", "Name of the figure."),
            Column("label", "string", "What it is."),
            Column("value", "string", "The figure."),
            Column("definition", "string", "What it counts."),
            Column("source", "string", "Where it comes from."),
            Column("as_at", "date", "The day it was true on."),
        ),
        tuple(
            (one.key, one.label, one.text, one.definition, one.source, one.as_at.isoformat())
            for one in who.baselines
        ),
        ("key",),
    )


def _number(fact: Fact) -> tuple[str, str]:
    return shorthands.value(fact), shorthands.base(fact)


def _or_not(text: str) -> str:
    """Mark what there is not, because the group is not compared."""
    return shorthands.share(text) or shorthands.NOT_APPLICABLE
