"""What is too long is said with what to do, and comes back whole."""

import pytest
from werkzeug.datastructures import MultiDict

from engage.limits import Limit
from reports.desks.life_forms import DecisionForm

LONG = "x" * 201


@pytest.mark.parametrize(
    ("words", "mistake"),
    [
        ("", ""),
        ("four", ""),
        ("four  ", ""),
        ("a\r\nbc", ""),
        (
            " four",
            "A name has at most 4 letters; there are 5 now. Shorten it and send it again.",
        ),
    ],
)
def test_a_limit_counts_what_would_be_kept(words: str, mistake: str) -> None:
    assert Limit(4, "A name").mistake(words) == mistake


def test_a_desk_says_what_to_do_and_cuts_nothing() -> None:
    form = DecisionForm(MultiDict({"decided_by": LONG}))
    assert not form.validate()
    said = "This has at most 200 letters; there are 201 now. Shorten it and send it again."
    assert form.decided_by.errors == [said]
    assert form.decided_by.data == LONG
    assert "maxlength" not in form.decided_by()
