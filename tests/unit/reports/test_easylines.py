"""Easy-read text: one sentence a line, its picture in front."""

from hypothesis import given
from hypothesis import strategies as st

from reports.words import easylines
from reports.words.easylines import EasyLine

WORDS = st.text("abcdefgh .", min_size=1).map(str.strip).filter(bool)
LINES = st.lists(st.builds(EasyLine, WORDS, st.sampled_from(["", "listen", "bus", "no_words"])))


def test_a_picture_stands_in_front_of_its_sentence() -> None:
    written = "[listen] We listened to you.\n\n  We have no picture.  "
    assert easylines.parse(written) == (
        EasyLine("We listened to you.", "listen"),
        EasyLine("We have no picture.", ""),
    )


@given(LINES)
def test_lines_survive_being_written_and_read(lines: list[EasyLine]) -> None:
    assert easylines.parse(easylines.write(tuple(lines))) == tuple(lines)


def test_a_line_without_a_picture_takes_that_of_its_band() -> None:
    lines = (EasyLine("One.", ""), EasyLine("Two.", "bus"))
    assert [line.picture for line in easylines.illustrated(lines, "done")] == ["done", "bus"]
