"""Scales: the same few answers wherever they are used, so people learn them once.

Sources for the shape: three pictured answers with one- or two-word labels, "I don't know" and a
skip suit people with mild learning disability; faces mislead outside feelings.
"""

from collections.abc import Iterator
from typing import ClassVar

from surveys.questions import keying
from surveys.questions.base import ANSWER, Question, Sent
from surveys.questions.choices import Single
from surveys.questions.wording import Edition, Fixed, Option

HIGHEST = 10


class Scale(Single):
    """A single choice whose options come from the kind, never from the document."""

    takes: ClassVar[frozenset[str]] = frozenset({"safety"})


class Agree5(Scale):
    """Five grades of agreement; easy read offers three of the same keys and "I don't know"."""

    kind: ClassVar[str] = "agree5"
    scale: ClassVar[tuple[Option, ...]] = (
        Option("strongly_agree", Fixed("Strongly agree", ""), "", "agree"),
        Option("agree", Fixed("Agree", "Yes, I agree"), "agree"),
        Option("neither", Fixed("Neither agree nor disagree", "In the middle"), "neither"),
        Option("disagree", Fixed("Disagree", "No, I do not agree"), "disagree"),
        Option("strongly_disagree", Fixed("Strongly disagree", ""), "", "disagree"),
        Option("not_sure", Fixed("Not sure, or does not apply", "I don't know"), "dont_know"),
    )


class YesNo(Scale):
    """Yes, no, and the honest third: not sure."""

    kind: ClassVar[str] = "yes_no"
    scale: ClassVar[tuple[Option, ...]] = (
        Option("yes", Fixed("Yes", "Yes"), "yes"),
        Option("no", Fixed("No", "No"), "no"),
        Option("not_sure", Fixed("I'm not sure", "I don't know"), "dont_know"),
    )


class YesSometimesNo(Scale):
    """Yes, sometimes, no, and the honest fourth: I don't know."""

    kind: ClassVar[str] = "yes_sometimes_no"
    scale: ClassVar[tuple[Option, ...]] = (
        Option("yes", Fixed("Yes", "Yes"), "yes"),
        Option("sometimes", Fixed("Sometimes", "Sometimes"), "sometimes"),
        Option("no", Fixed("No", "No"), "no"),
        Option("dont_know", Fixed("I don't know", "I don't know"), "dont_know"),
    )


class Faces3(Scale):
    """Three faces for a feeling; refused anywhere else when a questionnaire is loaded."""

    kind: ClassVar[str] = "faces3"
    takes: ClassVar[frozenset[str]] = frozenset({"safety", "feeling"})
    scale: ClassVar[tuple[Option, ...]] = (
        Option("happy", Fixed("Happy", "Happy"), "happy"),
        Option("ok", Fixed("OK", "OK"), "ok"),
        Option("sad", Fixed("Sad", "Sad"), "sad"),
        Option("dont_know", Fixed("I don't know", "I don't know"), "dont_know"),
    )

    def mistakes(self) -> Iterator[str]:
        """Yield a mistake when the question is not about a feeling."""
        yield from super().mistakes()
        if not self.feeling:
            yield (
                "faces may only ask about feelings; say feeling: true, "
                "or use yes_sometimes_no or agree5"
            )


class Scale10(Scale):
    """A number from 0 to 10 with words at both ends, the same eleven in every edition.

    A number is its own picture, so the options have none in easy read.
    """

    kind: ClassVar[str] = "scale10"
    takes: ClassVar[frozenset[str]] = frozenset({"ends"})
    scale: ClassVar[tuple[Option, ...]] = tuple(
        Option(str(number), Fixed(str(number), str(number)), "") for number in range(HIGHEST + 1)
    )

    def label(self, option: Option, edition: Edition) -> str:
        """Return the number, and at the two ends what it means."""
        if self.ends and option.key == "0":
            return f"{option.key}: {self.ends[0].in_(edition)}"
        if self.ends and option.key == str(HIGHEST):
            return f"{option.key}: {self.ends[1].in_(edition)}"
        return option.key

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return the number that was ticked; here 0 is an answer, not a skipped question."""
        del edition
        found = keying.parts(typed)
        return {ANSWER: tuple(part for part in found if part != "-")}

    def mistakes(self) -> Iterator[str]:
        """Yield a mistake when the ends have no words; eleven numbers are no grades in words."""
        yield from Question.mistakes(self)
        if not self.ends or not all(end.standard and end.easy for end in self.ends):
            yield "a scale from 0 to 10 needs words for both ends; add ends: {low: ..., high: ...}"

    def _pictured(self) -> tuple[Option, ...]:
        return ()
