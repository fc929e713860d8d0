"""Score the redaction rules on marked sentences: recall and precision by overlap."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable

from analysis.redaction import redact

MARKED = re.compile(r"\{(\w+)\|([^}]+)\}")
LABELS = {
    "name": "person", "school": "setting", "place": "setting", "number": "reference",
    "link": "url", "personal detail": "self_identifying",
}  # fmt: skip
NEVER_LEAK = ("phone", "email")


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A text and what should go from it, as (start, end, type)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclasses.dataclass
class Score:
    """Counts by type; a label counts as right when it touches a span of any type.

    `found` counts spans that are touched, `whole` those of which no letter or digit is left
    (of a telephone number: no digit).
    """

    wanted: Counter[str] = dataclasses.field(default_factory=Counter)
    found: Counter[str] = dataclasses.field(default_factory=Counter)
    whole: Counter[str] = dataclasses.field(default_factory=Counter)
    taken: Counter[str] = dataclasses.field(default_factory=Counter)
    right: Counter[str] = dataclasses.field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.found.total() / self.wanted.total()

    @property
    def precision(self) -> float:
        return self.right.total() / self.taken.total()

    def table(self) -> str:
        """Return one line a type: totals only, never a sentence."""
        lines = [
            f"{kind:18} recall {self.found[kind]:4}/{self.wanted[kind]:<4}"
            f" whole {self.whole[kind]:4}"
            f" precision {self.right[kind]:4}/{self.taken[kind]:<4}"
            for kind in sorted(self.wanted | self.taken)
        ]
        return "\n".join([*lines, f"recall {self.recall:.4f} precision {self.precision:.4f}"])


def marked(line: str) -> Sentence:
    """Read a sentence of ours: "{person|Sam} ran"."""
    text, spans, position = "", [], 0
    for match in MARKED.finditer(line):
        text += line[position : match.start()]
        spans.append((len(text), len(text) + len(match.group(2)), match.group(1)))
        text += match.group(2)
        position = match.end()
    return Sentence(text + line[position:], tuple(spans))


def score(sentences: Iterable[Sentence]) -> Score:
    """Redact each sentence and compare."""
    total = Score()
    for sentence in sentences:
        taken = redact(sentence.text).spans
        for start, end, kind in sentence.spans:
            total.wanted[kind] += 1
            total.found[kind] += any(s.start < end and start < s.end for s in taken)
            hidden = {at for s in taken for at in range(s.start, s.end)}
            bare = (at for at in range(start, end) if at not in hidden)
            telling = str.isdigit if kind == "phone" else str.isalnum
            total.whole[kind] += not any(telling(sentence.text[at]) for at in bare)
        for span in taken:
            kind = LABELS.get(span.kind, span.kind.lower().replace(" ", "_"))
            total.taken[kind] += 1
            total.right[kind] += any(
                span.start < end and start < span.end for start, end, _ in sentence.spans
            )
    return total
