# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""What a neighbour would know somebody by: an office, a deed, a rare thing, a story in the news.

A label costs a few words of a story; a miss may cost a family its privacy. So these rules are
broad. Each looks at one clause at most, and so costs no more than the length of a text.
"""

import re
from collections.abc import Iterator

from analysis.redaction import deeds
from analysis.redaction.localwords import (
    FEW,
    IS,
    KIN,
    LAND,
    OFFICE,
    ONE,
    OUR,
    PATCH,
    REST,
    UNMISTAKEN,
    WHOM,
)
from analysis.redaction.spans import DETAIL, Span

_RULES = (
    (
        "an office in the family",
        rf"\b{OUR}{IS}\s(?:the\s(?:\w+ )?{OFFICE}|an?\s{UNMISTAKEN})\b{REST}",
    ),
    (
        "an office of one's own",
        (
            r"\b(?:i|we)(?:['’]m|m|['’]re|\sam|\sare|\swas"
            rf"|\sused to be)\s(?:the\s(?:\w+ )?{OFFICE}|an?\s{UNMISTAKEN}|mayor"
            rf"|head (?:girl|boy))\b{REST}"
        ),
    ),
    (
        "the child of an office",
        rf"\b(?:the|a)\s{OFFICE}['’]?s['’]?\s(?:own\s|youngest\s|eldest\s|oldest\s)?{KIN}\b{REST}",
    ),
    (
        "works where everybody goes",
        (
            rf"\b(?:i|we|{OUR})\s(?:works?|worked|teach(?:es)?|taught|cooks?|cleans?"
            rf"|volunteers?)\b[^.,;!?\n]{{0,30}}?"
            r"\s(?:at|in|for)\s(?:the|my|our|his|her|their)\s(?:same\s|own\s|village\s"
            r"|local\s)?(?:school|nursery"
            rf"|surgery|shop|pub|village|church|library)\b{REST}"
        ),
    ),
    (
        "keeps a house everybody knows",
        (
            rf"\b(?:i|{OUR})\s(?:teach(?:es)?|taught)\s(?:my|his|her|our)\s(?:own\s)?(?:class|son|daughter"
            rf"|child|year|form|kids|children)\b{REST}|"
            rf"\b(?:i|we|my family|{OUR})\s(?:run|runs|ran|own|owns|keep|keeps|manages?"
            r"|farms?)\s(?:the|a)\s(?:[\w&]+ )"
            f"{{0,2}}?(?:pub|shop|post office|farm|bakery|butchers?|butcher['’]s|garage|caf[eé]"
            "|chippy|takeaway|salon"
            "|stables|garden centre|b&b|kennels|inn|restaurant|nursery|riding school|hotel"
            rf"|dairy)\b{REST}|\bwe (?:keep|breed|have|own) the (?:\w+ )?(?:llamas?|alpacas?"
            "|donkeys?|goats?|peacocks?|horses|ponies|huskies|pigs|bees|emus?|geese|sheep|cows|ostriches)"
            rf"\b{REST}"
        ),
    ),
    (
        "few in the land",
        (
            r"(?<!\bin )\b(?:only |just |about |around |roughly |fewer than |less than |under "
            "|maybe |there (?:are|were) )*"
            f"(?:one of (?:only |just )?{FEW}(?: {WHOM})?|{FEW} (?:known |other )?{WHOM}"
            "|one (?:known )?(?:child|case|person))"
            rf"[^.,;!?\n]{{0,30}}? (?:in|around|across) {LAND}\b{REST}"
        ),
    ),
    (
        "few ever",
        (
            rf"\b{FEW} (?:\w+ )?{WHOM} (?:have|had|were|has) (?:ever )?(?:been "
            rf"|had )?(?:diagnosed|recorded|born|described|known|found)\b{REST}"
        ),
    ),
    (
        "the first there ever was",
        (
            rf"\b(?:first|only|youngest|oldest|last)\s[^.,;!?\n]{{2,40}}?\s(?:the|our|this|that"
            rf"|his|her|my)\s{PATCH}"
            rf"\s(?:has|have|had|['’]s)?\s?(?:ever\s)?(?:had|seen|taken|known|taught|have)\b{REST}"
        ),
    ),
    (
        "the first to",
        (
            rf"\b(?:youngest|oldest|first|smallest)\s(?:\w+\s){{1,3}}?(?:in|at|from)\s(?:{LAND}"
            rf"|(?:the|our|this|her|his)\s{PATCH})\s(?:to|with|who|ever|that)\b{REST}"
        ),
    ),
    (
        "somebody of ours is the one",
        rf"\b{OUR}{IS}\s(?:the|that)\s(?:\w+\s)?{ONE}\s(?:who|that|whose|with)\b{REST}",
    ),
    (
        "it was ours who",
        rf"\b(?:it|that)(?:['’]s|\swas|\sis)\s(?:{OUR}|me|us)\s(?:who|that|whose)\b{REST}",
    ),
    (
        "the one who, and it is us",
        (
            rf"\b(?:the|that)\s(?:\w+\s)?{ONE}\s(?:who|that|whose"
            rf"|with)\s[^.;!?\n]{{3,60}}?(?:,?\s(?:is|was|are)\s(?:my|our|me|us)\b"
            rf"|,\sthat(?:['’]s|\sis|\swas)\s(?:me|us|my|our|mine|ours|him|her)\b){REST}"
        ),
    ),
    (
        "as the one with",
        (
            rf"\b(?:as|being)\s(?:the|that)\s(?:\w+\s){{0,2}}{ONE}\s(?:of|with|in|who|whose"
            rf"|from)\s(?!a\b){REST}"
        ),
    ),
    (
        "everybody knows us",
        (
            r"\b(?:every(?:one|body)|they all|(?:the )?whole \w+|half the \w+|all the \w+"
            rf"|people)\b[^.,;!?\n]{{0,40}}?\b(?:know|knows|knew|recogni[sz]es?)\s"
            f"(?:us|me|him|her|of us|about us|{OUR}|our (?:name|family|car|house|van"
            rf"|story))\b{REST}"
        ),
    ),
    (
        "knows the house",
        (
            r"\b(?:know|tell|guess|see|spot|find)s?\s(?:exactly\s)?which\s(?:house|home|one"
            r"|family|child|boy|girl|car|van|class|school)\b[^.,;!?\n]{0,40}"
            r"|\byou\s(?:may|might|will|['’]ll|must|probably)\s(?:well\s)?(?:remember"
            r"|recall)\s?(?:it|us|him|her|me|my|our|the)?\b[^.,;!?\n]{0,40}"
        ),
    ),
    (
        "a house everybody sees",
        (
            r"\b(?:we are|we['’]re|were) the (?:\w+ )?(?:family|couple|house|ones|people)"
            rf" (?:above|opposite|behind|beside|next to|over) (?:the|a){REST}|"
            r"\b(?:(?:ours|mine) is|we have|we['’]re|we live in|in"
            r"|(?:the )?only) (?:the )?(?:\w+ )?(?:house|home|bungalow|cottage|flat|garden|van"
            r"|car|front door) (?:on|in|with|at|that|opposite|by|next)\b (?:the|our|this"
            rf"|that)\b{REST}"
        ),
    ),
    (
        "one in a small place",
        (
            r"\b(?:the|our|my|this|a|his|her)\s(?:small\s|tiny\s|little\s"
            rf"|whole\s)?{PATCH}\s(?:of\s[\w ]{{2,20}},?\s)?(?:has|had|with|there is"
            rf"|there['’]s)\b[^.;!?\n]{{0,40}}?\b(?:one|a single)\s(?:\w+\s)?"
            "(?:child|boy|girl|family|wheelchair|deaf|blind|pupil|kid|lad|couple|adopter"
            rf"|foster)\b{REST}"
        ),
    ),
    (
        "the only one excluded",
        (
            rf"\b(?:the|an?|be|being|am|is)\sonly\s(?:\w+\s){{0,2}}?(?:child|boy|girl|pupil|kid"
            r"|family|student|lad|mum|dad|person|one|parent|couple|lady|man|woman)\s"
            rf"(?:\w{{3,}}ed|left out|not|using|wearing|signing|speaking|sitting|without|like"
            rf"|from)\b[^.,;!?\n]{{0,40}}?\b(?:the|his|her|our|my|their|this|that"
            rf"|whole)\s{PATCH}\b{REST}"
        ),
    ),
    (
        "the only one of us",
        (
            r"\b(?:only|just)\s(?:one|two)\s(?:of\s)?(?:him|her|us|me|them)\s(?:in|at|on|round"
            rf"|around)\b{REST}|\bmy (?:sur)?name\b[^.,;!?\n]{{0,20}}\bonly (?:one|us"
            rf"|family)\b{REST}"
            r"|\bonly (?:family|house|child|boy|girl|couple|mum"
            rf"|dad)\b[^.,;!?\n]{{2,40}}?\b(?:round|around) (?:here|our way|these parts)\b"
            r"|\b(?:carnival|may|beauty|prom|village) (?:queen|princess|king)\b[^.,;!?\n]{0,30}"
        ),
    ),
    (
        "lives where everybody passes",
        (
            r"\b(?:we|i|our family)\s(?:live|lives|are|lived"
            r"|moved)\s(?:in the \w+ )?(?:right )?(?:above|opposite|next (?:door )?to|behind|over"
            rf"|beside|across from|at the end of)\s(?:the|a)\s{REST}"
            r"|\b(?:the|our|my)\s(?:\w+\s)?(?:house|farm|bungalow|cottage|flat|caravan"
            rf"|boat)\s(?:next to|opposite|behind|at the end of|above|by|beside)\sthe\s{REST}"
        ),
    ),
    (
        "the one whose",
        (
            r"\b(?:the|that)\s(?:\w+\s)?(?:mum|mam|dad|mother|father|boy|girl|lad|child|family"
            r"|couple|twins|lady|man|woman|house|kid|parents)\s(?:whose\b|in (?:the"
            r"|a)\s(?:\w+\s)?(?:wheelchair|sari|hijab|niqab|turban|helmet|frame|hat|van|buggy"
            r"|scooter|ambulance|house|cottage)\b)[^.;!?\n]{0,60}"
        ),
    ),
    (
        "the only such child",
        (
            rf"\bonly\s(?!(?:other|good|real|one)\b)(?:[\w\-]{{3,20}}\s){{1,3}}(?:boy|girl|child"
            "|family|pupil|couple|lad|twins|student|kid|user|speaker|signer|mum|dad|woman|man"
            rf"|parents?|household|lady)\b{REST}"
        ),
    ),
    (
        "the most of all",
        (
            r"\b(?:the|is|am)\s(?:tallest|smallest|biggest|shortest|heaviest|tiniest|longest"
            rf"|youngest|oldest|most \w+)\s(?:\w+\s){{1,3}}?(?:in|at|on)\s(?:(?:the|our|his|her"
            rf"|my)\s(?:whole\s)?{PATCH}|year \d{{1,2}}|{LAND})\b{REST}"
        ),
    ),
    (
        "a rare thing, and where",
        (
            rf"\b(?:rare|rarest|unusual|undiagnosed|unheard of)\b[^.;!?\n]{{0,60}}?\b(?:in|at|near"
            rf"|from)\s(?:(?:the|our|this|his|her)\s{PATCH}\b|(?-i:[A-Z][a-z]{{3,}})){REST}"
            rf"|\b(?:unusual|rare|foreign|double-barrelled)\s(?:sur)?name\b{REST}"
            r"|\b(?:known locally|well known (?:here|in|round|locally)|local (?:celebrity|legend"
            rf"|hero)|famous (?:in|round|around|here|locally|for))\b{REST}"
        ),
    ),
)
_PATTERNS = tuple(
    (rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in (*_RULES, *deeds.RULES)
)
_OF_ANYBODY = re.compile(
    r"\b(?:who|that)\s(?:has|have|had)\sto\b|\b(?:who|that)\s(?:always|never|deals?|does"
    "|do|makes?|understands?"
    "|gets?|got sent|takes?|tries|tried|helps?|wants?|knows?|matters?|pays?|needs?"
    r"|suffers?|loses?|cares?|listens?|fights?|should|must|will)\b"
    r"|\b(?:one|child|person) in (?:\d|two|three|four|five|six|ten|every)"
    r"|\bonly (?:one|two) (?:of (?:us|them)) (?:at|in) (?:a time|the room)",
    re.IGNORECASE,
)


def neighbours_know(text: str) -> Iterator[Span]:
    """Yield what a neighbour would know the writer by; some may overlap."""
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            said = match.group().rstrip(" ,")
            if not _OF_ANYBODY.search(said):
                yield Span(match.start(), match.start() + len(said), DETAIL, rule, sure=False)
