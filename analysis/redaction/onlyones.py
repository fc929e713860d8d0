# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Who is told by being the only one, the first or one of two: "the only signer at Brownies"."""

from analysis.redaction.localwords import LAND, ONE, OUR, PATCH, PRAISED, REST, SIGN

RULES = (
    (
        "the only one with a sign",
        (
            r"\b(?:only|just)\s(?:one|person|people|ones|child|boy"
            rf"|girl)\b[^.,;!?\n]{{0,50}}?\b(?:with|on|in|who|using"
            rf"|uses)\b[^.,;!?\n]{{0,20}}?\b{SIGN}\b{REST}"
        ),
    ),
    (
        "the only one met",
        (
            r"\bonly\s(?:one|person|child|patient|case|boy|girl|family)\s(?:with|like"
            rf"|who)\b[^.,;!?\n]{{3,50}}?\b(?:has|have|had|ever|they['’]ve"
            rf"|we['’]ve)\s(?:ever\s)?(?:met|seen|known|had|taught|treated|heard of)\b{REST}"
        ),
    ),
    (
        "I am the only one",
        (
            rf"\b(?:i am|i['’]m|im|we are|we['’]re|as|he is|he['’]s|she is|she['’]s|{OUR}\s(?:is"
            r"|was))\s(?:often\s|usually\s|always\s"
            rf"|probably\s)?the\sonly\s(?:[\w\-]+\s){{0,2}}?(?:{ONE}|dad|governor|ta|teacher|pupil"
            rf"|person|household|family|travellers?|user|carer)(?!{PRAISED})\s(?:in|at|on|here"
            rf"|round|around|from|with|who|whose|that)\b{REST}"
        ),
    ),
    (
        "a place's only one",
        rf"\b(?:the|our|this|my)\s{PATCH}['’]s\s(?:only|sole|first|one)\s(?:[\w\-]+\s){{1,3}}",
    ),
    (
        "the only such thing",
        (
            r"\b(?:have|has|got|with|we['’]re|we are"
            rf"|is)\s(?:got\s)?the\sonly\s(?:\w+\s){{0,2}}?(?:{SIGN}|chair|house|bungalow|lift"
            rf"|ramp|car|van|farm|boat)\b[^.,;!?\n]{{0,30}}?\b(?:in|at|on)\s(?:the\s|our\s|my\s"
            rf"|this\s)?(?:{PATCH}|college|estate)\b{REST}"
        ),
    ),
    (
        "no other such child",
        (
            r"\bno (?:other|one else['’]?s?) (?:\w+\s)?(?:child|kid|boy|girl|pupil|family|parent"
            "|mum|dad) (?:here|round here|around here|locally|in (?:the|our|this|my) (?:village"
            r"|school|class|street|year|town)|for miles)\b[^.,;!?\n]{0,60}"
        ),
    ),
    (
        "the only few",
        rf"\bthe\sonly\s(?:two|three|four)\s(?:in|on|at|of us|who|from)\b{REST}",
    ),
    (
        "the only one of an age",
        (
            rf"\bthe only (?:year \d{{1,2}}|\d{{1,2}} year old|teenager|toddler|baby"
            rf"|adult)\b(?!s)(?! in the (?:room|house|family)){REST}"
        ),
    ),
    (
        "one of the few with it",
        (
            r"\b(?:one|two|three|both) of (?:the|only) (?:two|three|four|five|six"
            rf"|\d{{1,2}}) (?:children|people|kids|families|boys|girls|pupils)\b{REST}"
        ),
    ),
    (
        "first of all",
        (
            rf"\b(?:the|was|is|were)\s(?:very\s)?first\s(?:[\w\-]+\s){{0,4}}?(?:in"
            rf"|at)\s{LAND}\b(?!\s(?:one|place)){REST}"
            r"|\bthe\sfirst\s(?:child|girl|boy|pupil|baby|person|student|family|woman|man"
            rf"|wheelchair user)\s(?:ever\s)?(?:with|in|at|to)\b[^.,;!?\n]{{0,50}}?\b(?:school"
            rf"|county|country|village|college|class|town|nursery|england|wales|uk)\b{REST}"
        ),
    ),
)
