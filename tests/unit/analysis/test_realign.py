import pytest

from analysis.redaction import Override, redact
from analysis.redaction.realign import WAITING, clauses_anew
from analysis.texts.clauses import segments

SAID = (
    "Mrs Larkspur never rings us back, but the taxi people always do. Our Zig at Hillcrest Academy "
    "cried for a whole week, and nobody told Bexhill about it."
)


@pytest.mark.parametrize(
    ("word", "kind"), [("Zig", "name"), ("taxi people", "personal detail"), ("Mrs Larkspur", None)]
)
def test_clauses_read_as_a_person_decided(word: str, kind: str | None) -> None:
    start = SAID.index(word)
    wish = Override(start, start + len(word), kind)
    before, after = redact(SAID), redact(SAID, [wish])
    anew = clauses_anew(SAID, before.spans, segments(before.text), after.spans)
    assert " ".join(anew) == after.text.replace(",", "")
    assert (word in " ".join(anew)) == (kind is None)


def test_what_nobody_changed_stays_as_it_was() -> None:
    found = redact(SAID)
    clauses = segments(found.text)
    assert clauses_anew(SAID, found.spans, clauses, found.spans) == clauses


def test_clauses_that_cannot_be_placed_wait_and_are_not_guessed() -> None:
    assert clauses_anew(SAID, (), ["something else", "again"], ()) == [WAITING, WAITING]


def test_the_last_word_of_people_holds() -> None:
    zig = SAID.index("Zig")
    out, back = Override(zig, zig + 3, "name"), Override(zig, zig + 3, None)
    assert "Zig" not in redact(SAID, [out]).text
    assert "Zig" in redact(SAID, [out, back]).text
