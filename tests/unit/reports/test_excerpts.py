"""A reader sees where a quote was cut out of a sentence, and nothing else is changed."""

import pytest

from reports.documents.document import Quotation
from reports.words.excerpts import WHOLE, Cut, cut_from, leaves_open

COMMENT = {
    0: "We rang and rang,",
    1: "but nobody at the office ever answered us.",
    2: "They said 'wait.'",
    3: "In March it started",
    4: "and it was good",
}


@pytest.mark.parametrize(
    ("place", "cut"),
    [
        (0, Cut(after=True)),
        (1, Cut(before=True)),
        (2, WHOLE),
        (3, Cut(after=True)),
        (4, Cut(before=True)),
    ],
)
def test_a_quote_is_cut_where_its_sentence_goes_on(place: int, cut: Cut) -> None:
    assert cut_from(COMMENT, place) == cut


def test_a_whole_comment_is_never_cut_however_it_ends() -> None:
    assert cut_from({1: "act on what school can see"}, 1).is_whole
    assert cut_from({}, 7).is_whole, "nothing is said of a clause that is not known"


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        (
            Quotation("so his hours got halved.", "P", cut_before=True),
            "…\xa0so his hours got halved.",
        ),
        (Quotation("The pot is empty", "P", cut_after=True), "The pot is empty\xa0…"),
        (Quotation("It works.", "P"), "It works."),
    ],
)
def test_an_ellipsis_stands_where_words_were_left_out(quote: Quotation, shown: str) -> None:
    assert quote.shown == shown


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("They ask 'is mum coming?", True),
        ("The letter said “wait", True),
        ("longer swimming (typed by a worker", True),
        ("They ask 'is mum coming?'", False),
        ("longer swimming (he signed 'more water' and laughed)", False),
        ("Our parents' group isn't asked.", False),
        ("We wait.", False),
    ],
)
def test_words_that_end_inside_a_quotation_are_known(words: str, *, is_open: bool) -> None:
    assert leaves_open(words) is is_open
