"""Receipt codes survive being written down, and a slip of the pen is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import codes

ids = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(ids)
def test_a_code_reads_back_however_it_is_typed(response_id: str) -> None:
    code = codes.make(response_id, secret="s")
    assert codes.parse(code) == code
    assert codes.parse(code.lower().replace("-", " ")) == code
    assert codes.parse(code.removeprefix("BEE-")) == code
    assert codes.parse(code.replace("0", "O").replace("1", "l")) == code


@given(ids, st.integers(0, 7), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_noticed(response_id: str, place: int, other: str) -> None:
    body = codes.make(response_id, secret="s").removeprefix("BEE-").replace("-", "")
    wrong = body[:place] + other + body[place + 1 :]
    if wrong != body:
        with pytest.raises(codes.CodeError, match="not right"):
            codes.parse(wrong)


@pytest.mark.parametrize("typed", ["", "BEE", "BEE-7K4Q", "BEE-7K4Q-92XD-V-9", "BEE-????-????-?"])
def test_what_is_no_code_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(codes.CodeError, match="looks like"):
        codes.parse(typed)


def test_the_example_is_a_real_code() -> None:
    assert codes.parse(codes.EXAMPLE) == codes.EXAMPLE


def test_code_and_seal_depend_on_the_secret() -> None:
    assert codes.make("a" * 32, secret="s") != codes.make("a" * 32, secret="t")
    assert codes.make("a" * 32, secret="s") != codes.make("a" * 32, secret="s", attempt=1)
    code = codes.make("a" * 32, secret="s")
    assert codes.seal(code, secret="s") != codes.seal(code, secret="t")
    assert len(codes.seal(code, secret="s")) == 64
