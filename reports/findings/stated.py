"""The fact of one number: what was counted, out of whom, and the words that say both."""

from reports.counting.counted import Shown
from reports.findings.tally import Asked
from reports.words import wording
from reports.words.facts import Fact

LONGEST_OPTION = 80
HIDDEN_NOTE = "[c] stands where a number is left out, so that nobody can be recognised."


def stated(  # a public number is all of these
    one: Asked,
    audience: str,
    option: str,
    shown: Shown,
    base: int | None,
    who: str,
    group: str = "",
) -> Fact:
    """Make the fact of one number; without a base that may be shown it is hidden too.

    Args:
        one: the question.
        audience: code of the people counted.
        option: end of the key of the number.
        shown: what may be shown.
        base: everybody the number is out of.
        who: the words after number, base and audience.
        group: the group of people within the audience, if it is one.
    """
    key = one.key(audience, option, group)
    value = shown.value(key) if base is not None else None
    hidden = value is None or base is None
    return Fact(
        key=key,
        value=None if hidden else value,
        base=base,
        wording=wording.not_shown(audience)
        if value is None or base is None
        else wording.share(value, base, audience, who=who),
        shorthand="[c]" if hidden else None,
        audience=audience,
        question=one.code,
        option=option[:LONGEST_OPTION],
    )
