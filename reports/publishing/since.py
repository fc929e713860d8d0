"""What came after a version and stands in its files too: words taken out, and people told.

A version never changes, but a file of it is made anew when it must lose words, or when it can say
how many of those who asked were told. Each state has a short mark, by which its files are kept.
"""

import dataclasses
import hashlib

from reports.documents.told import ToldRate


@dataclasses.dataclass(frozen=True, slots=True)
class Since:
    """What a file of a version shows that came after it.

    Attributes:
        taken: words and verdicts that were taken out, or are kept back.
        told: how many of those who asked were told, as it may be said in public.
    """

    taken: frozenset[str] = frozenset()
    told: tuple[ToldRate, ...] = ()

    def mark(self, *, tells: bool) -> str:
        """Return a short name for this state; empty for a version as it was published.

        `tells` is whether the file says how many were told: the others do not change with it.
        """
        told = [f"told: {rate.fact.wording}" for rate in self.told] if tells else []
        if not self.taken and not told:
            return ""
        return hashlib.sha256("\n".join((*sorted(self.taken), *told)).encode()).hexdigest()[:12]
