"""Scales: the same few answers wherever they are used, so people learn them once.

Sources for the shape: three pictured answers with one- or two-word labels, "I don't know" and a
skip suit people with mild learning disability; faces mislead outside feelings.
"""

from collections.abc import Iterator
from typing import ClassVar

from surveys.questions.choices import Single
from surveys.questions.wording import Option, Wording


def _option(key: str, standard: str, easy: str, picture: str) -> Option:
    return Option(key, Wording(standard, easy), picture)


def _finer(key: str, standard: str, easy_as: str) -> Option:
    return Option(key, Wording(standard, ""), "", easy_as)


class Scale(Single):
    """A single choice whose options come from the kind, never from the document."""

    takes: ClassVar[frozenset[str]] = frozenset({"safety"})


class Agree5(Scale):
    """Five grades of agreement; easy read offers three of the same keys and "I don't know"."""

    kind: ClassVar[str] = "agree5"
    scale: ClassVar[tuple[Option, ...]] = (
        _finer("strongly_agree", "Strongly agree", "agree"),
        _option("agree", "Agree", "Yes, I agree", "agree"),
        _option("neither", "Neither agree nor disagree", "In the middle", "neither"),
        _option("disagree", "Disagree", "No, I do not agree", "disagree"),
        _finer("strongly_disagree", "Strongly disagree", "disagree"),
        _option("not_sure", "Not sure, or does not apply", "I don't know", "dont_know"),
    )


class YesSometimesNo(Scale):
    """Yes, sometimes, no, and the honest fourth: I don't know."""

    kind: ClassVar[str] = "yes_sometimes_no"
    scale: ClassVar[tuple[Option, ...]] = (
        _option("yes", "Yes", "Yes", "yes"),
        _option("sometimes", "Sometimes", "Sometimes", "sometimes"),
        _option("no", "No", "No", "no"),
        _option("dont_know", "I don't know", "I don't know", "dont_know"),
    )


class Faces3(Scale):
    """Three faces for a feeling; refused anywhere else when a questionnaire is loaded."""

    kind: ClassVar[str] = "faces3"
    takes: ClassVar[frozenset[str]] = frozenset({"safety", "feeling"})
    scale: ClassVar[tuple[Option, ...]] = (
        _option("happy", "Happy", "Happy", "happy"),
        _option("ok", "OK", "OK", "ok"),
        _option("sad", "Sad", "Sad", "sad"),
        _option("dont_know", "I don't know", "I don't know", "dont_know"),
    )

    def mistakes(self) -> Iterator[str]:
        """Yield a mistake when the question is not about a feeling."""
        yield from super().mistakes()
        if not self.feeling:
            yield (
                "faces may only ask about feelings; say feeling: true, "
                "or use yes_sometimes_no or agree5"
            )
