# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""What tells a neighbour who wrote, without a name: "the only deaf child in Exampleton".

A rule can see some of these. A story that only one family has lived stays a person's job before
anything is quoted.
"""

import re
from collections.abc import Iterator

from analysis.language.namewords import word_set
from analysis.redaction.cluewords import (
    ADJECTIVES,
    ANYBODY,
    PLACE,
    REST,
    SMALL,
    SOMEBODY,
    SPOT,
    STRANGE,
    WHERE,
)
from analysis.redaction.spans import DETAIL, Span

_RULES = (
    (
        "a place's only one",
        rf"{STRANGE}['’]s\s(?:only|sole|one and only)\s{ADJECTIVES}(?:{SOMEBODY}|{ANYBODY})\b",
    ),
    (
        "nobody else there",
        (
            r"\b(?:(?:nobody|no one|no-one)(?=\s(?:else|other|like))|only (?:my|our|his|her)\s\w+"
            r"|only (?:we|i)|just (?:one|the one|us|me)|(?:only|just) one)\b(?:\s(?:else|other|of"
            rf"|set|pair|child|boy|girl|family|person|\w+)){{0,4}}?\s(?:in|on|at|from|round"
            rf"|around)\s{SMALL}(?-i:{REST})"
        ),
    ),
    (
        "somebody of one place",
        (
            rf"\b(?:the|that|one)\s(?:one\s)?{ADJECTIVES}(?:family|boy|girl|child|lad|mum|mother"
            r"|dad|father|couple|man|woman|twins|kid|one|parents|brothers|sisters)\s(?:in|on|at"
            rf"|from|of)\s{SMALL}\s(?:who|whose|with|that)\b(?-i:{REST})"
        ),
    ),
    (
        "somebody with something, of one place",
        (
            r"\b(?:the|that)\s(?:one\s)?(?:family|boy|girl|child|lad|mum|mother|dad|father|couple"
            r"|man|woman|twins|kid|one|parents|brothers|sisters)\s(?:who|whose|with"
            rf"|that)\s[^.;!?\n]{{3,60}}?\s(?:in|on|at|from|of)\s{SMALL}(?-i:{REST})"
        ),
    ),
    (
        "the only of its kind",
        (
            r"\b(?:the|our|my|his|her|their|an?|village['’]s|only)\s(?:only|sole|one and only"
            rf"|first|last|youngest|oldest|lone)\s(?P<what>(?:[\w\-’']{{1,20}}\s){{1,6}}?)(?:in|at"
            r"|on|of|from|round|around|for)\s(?:(?:the|our|my|this|her|his"
            rf"|their)\s(?:\w+\s){{0,2}}?(?-i:village|hamlet|street|road|close|estate|town|parish"
            f"|class|year|school|district|area)|{STRANGE})(?-i:{REST})"
        ),
    ),
    (
        "one of very few",
        (
            r"\b(?:one of (?:only )?|only |just )(?:a handful of |two |three |four |five |six "
            r"|ten |twelve |twenty |\d{1,3} )(?:[\w\-]{1,15} )?(?:children|people|families|cases"
            r"|kids|boys|girls|patients|pupils)\b(?: (?:in|at|on) (?:the )?[\w ]{2,25}?)?(?= with"
            r"| who|\.|,| have| has| in| at|$)(?-i:[^.;!?,\n]{0,60})"
        ),
    ),
    (
        "few there",
        (
            r"\b(?:not many|aren['’]t many|can['’]?t be many|cannot be many|hardly any"
            rf"|not a lot of|very few|so few|how many)\s[^.;!?\n]{{3,40}}?\s(?:in|at|on|round"
            rf"|around)\s{SMALL}(?-i:{REST})"
        ),
    ),
    (
        "they will know who",
        (
            r"\b(?:you|they|people|every(?:one|body)|any(?:one|body)|some(?:one|body)|neighbours?"
            "|staff|teachers?|locals|readers?|others|some|many|most|all|school|villagers|parents"
            r"|mums|families|the (?:whole )?(?:village|town|school|council|team))\b"
            r"[^.;!?,\n]{0,40}?(?:\bwill|\bwould|\bcan|\bcould|\bmight|\bmay|['’]ll|['’]d|\bmust"
            r"|\bprobably|\balready|\bknows|\ball know"
            r"|\brecogni[sz]es)\b(?! not)[^.;!?,\n]{0,30}?"
            "(?:(?:know|knows|guess|work out|tell|see|realise|figure out|recogni[sz]e"
            r"|identify)\s(?:\w+\s){0,3}?(?:who (?:we|i|he|she|they|it|this|that|wrote|is|my|our"
            "|sent)|which (?:child|family|boy|girl|one|school|parent|mum)|(?:it|this"
            "|that)(?:['’]s| is| was| must be) (?:us|me|my|our|him|her|about))"
            r"|(?:recogni[sz]es?|identif(?:y|ies)|remembers?|place)\s(?:us|me|him|her|them|my|our"
            r"|this)\b)[^.;!?,\n]{0,30}"
        ),
    ),
    (
        "no guessing needed",
        (
            r"\bno prizes for guessing[^.;!?\n]{0,40}|\b(?:obvious|clear|easy to (?:see|tell"
            r"|guess|work out)|not hard to (?:see|tell|guess|work out)) (?:to \w+ )?(?:who"
            r"|which (?:child|family)) (?:we|i|he|she|it|this|wrote|is)\b[^.;!?,\n]{0,30}"
            r"|\b(?:i am|i['’]m|we are|we['’]re) (?:known|well known"
            r"|famous)\b(?: \w+){0,3}? (?:as|for|in|around|round)\b[^.;!?\n]{0,50}"
        ),
    ),
    (
        "we are those",
        (
            r"\b(?:we are|we['’]re|i am|i['’]m|we were|mine is|ours is|he is|he['’]s|she is"
            r"|she['’]s) (?:the|that) (?:[\w\-]+ )?(?:one|ones|family|couple|mum|dad|mother"
            "|father|boy|girl|child|parents|baby|kid|lad|lass|lady|man|woman|bloke|nan|gran"
            "|grandad|grandma|grandparents|uncle|auntie|aunt|brother|sister|twins|pair|house"
            r"|foster \w+)\s(?:with|who|whose|from|that|on)\b[^.;!?\n]{3,80}"
        ),
    ),
    (
        "office in a small place",
        (
            r"\b(?:as|am|i['’]m|is|being) (?:a |the )?(?:\w+['’]s )?(?:local |village |parish "
            "|town |school )?(?:vicar|postmistress|postmaster|publican|landlady|landlord"
            r"|lollipop (?:lady|man)|mayor|vicar['’]s wife|village \w+|head ?teacher"
            r"|chair of governors|imam|churchwarden|farmer)(?:['’]s \w+)? (?:in|at|of"
            r"|here)\b[^.;!?\n]{0,50}"
        ),
    ),
    ("unique there", rf"\bunique (?:in|at) {SMALL}(?-i:{REST})"),
    (
        "somebody, and where",
        (
            rf"\b(?:in|from|of) {SMALL},? (?:and )?(?:i am|i'm|we are|we're|he is|he's|she is"
            rf"|she's) the (?:only|one|famil|mum|dad|boy|girl)\w*\b(?-i:{REST})"
        ),
    ),
    (
        "one place has one",
        (
            rf"\bin\s{SMALL}\s(?:there is|there's|there are|we are|he is|she is|i am"
            rf"|they are)\s(?:only|just|the only)\b(?-i:{REST})"
        ),
    ),
    (
        "people there will know",
        (
            r"\b(?:people|neighbours|anyone|anybody|everyone|everybody|the whole village"
            r"|half the village|locals|mums|parents)\s(?:(?:in|on|at|from|round|around"
            rf"|here)\s?(?:{SMALL})?\s?)?(?:who\s[^.;!?\n]{{3,30}}\s)?(?:will|would|can|could|'ll"
            r"|already)?\s?(?:all\s|already\s|soon\s)?(?:know|knows|recogni[sz]e|guess"
            r"|work out)\s(?:it['’]?s us|us|me|him|her|who|this is|it is|which|whose"
            rf"|our)\b(?-i:{REST})"
        ),
    ),
    (
        "the only one",
        (
            r"(?:\b(?:the|his|her|our|my|an?|is|am|are|was|we're|being|as)\s|^"
            r"|(?<=[.!?]\s))(?:only|sole"
            rf"|one)\s(?:and only\s)?{ADJECTIVES}{SOMEBODY}\b(?=\s{WHERE}\b)(?-i:{REST})"
        ),
    ),
    (
        "the only person there",
        (
            r"\b(?:the|an?|is|am|are|was|we're)\s(?:only"
            rf"|sole)\s{ADJECTIVES}{ANYBODY}\b[^.;!?\n]{{0,40}}?\s{PLACE}(?-i:(?:village|hamlet"
            r"|street|road|close|estate|town|parish|county|district)\b"
            f"|[A-Z][a-z]+ ?[A-Z]?)(?-i:{REST})"
        ),
    ),
    (
        "only one of us",
        (
            r"\bonly (?:one|two|three|a handful|a few) (?:of (?:us|them)"
            f"|{ADJECTIVES}(?:{SOMEBODY}"
            rf"|{ANYBODY}))\s(?:like\s\w+\s)?{PLACE}(?-i:{SPOT})\b(?-i:{REST})"
        ),
    ),
    (
        "no other",
        (
            r"\b(?:no|nobody|no one|no-one|not one|there (?:is|are)n['’]?t)\s(?:other|another"
            rf"|else|any other)\s{ADJECTIVES}(?:(?:{SOMEBODY}"
            rf"|{ANYBODY})\s)?(?:\w+\s){{0,3}}?{PLACE}(?-i:{SPOT})\b(?-i:{REST})"
        ),
    ),
    (
        "the first one",
        (
            r"\b(?:the|his|her)\s(?:first|last|youngest"
            rf"|oldest)\s(?:ever\s)?{ADJECTIVES}{SOMEBODY}\s(?:ever\s)?{PLACE}(?-i:{SPOT})\b"
            f"(?-i:{REST})"
        ),
    ),
    (
        "you will know who we are",
        (
            r"\b(?:you(?:['’]ll| will| would|['’]d| can| probably| all|['’]ve| might| may| could"
            r"| must| already)*\s(?:probably |easily |all |already |soon |surely |certainly "
            "|instantly |now )*"
            r"(?:know|guess|work out|recogni[sz]e|realise|tell|identify|figure out)\s(?:exactly "
            r"|straight away |immediately )?(?:(?:who|which family|whose)\s(?:we|i|he|she|they"
            r"|this|it|my|our|from)\b(?:\s(?:are|am|is|family|son|child|that is))?|us from\b)"
            r"|every(?:one|body)\s(?:here |(?:in|at|round|around) (?:the |our "
            r"|this )?[\w ]{2,30}? )?(?:already |will |would )?(?:knows?|recogni[sz]es?)\s(?:who"
            r"|us|me|him|her|our|which|exactly who)(?:\s(?:we|i|he|she)\s(?:are|am|is))?"
            "|(?:we|i|he|she)(?:['’]re|['’]m|['’]d| am| are| is|['’]s| would be"
            r"| will be)\s(?:easy|easily|not hard|instantly|well)\s(?:to\s)?(?:recogni[sz]ed?"
            "|identif(?:y|ied|iable)|spot(?:ted)?|known)"
            r"|(?:the|that) famil(?:y|ies)\s(?:that|who|from|whose)\s(?:was|were|went|ended up"
            r"|had|won|got)?\s?[^.;!?\n]{0,50}?(?:paper|papers|news|telly|tv|radio|comet"
            r"|advertiser|mercury|court|tribunal|ombudsman)\b)"
        ),
    ),
    (
        "in the news",
        (
            r"\b(?:was|were|been|went|are|am|is|story|case|picture)\s(?:\w+\s){0,3}?(?:in"
            r"|on)\s(?:the\s)?(?:local\s|front of the\s|national\s|front page of the\s)?"
            "(?:(?:news)?paper|papers|news|telly|tv|radio|comet|advertiser|mercury"
            r"|front page)\b(?-i:[^.;!?,\n]{0,60})"
        ),
    ),
    (
        "many at one birth",
        (
            rf"\b(?:my|our|the|with|have|has|of|only)\s(?:[\w\-]{{1,20}}\s){{0,3}}?(?:twins?"
            "|triplets|quadruplets"
            rf"|quads)\b(?:\s[\w\-\[\]’']{{1,25}}){{0,8}}?\s{PLACE}(?-i:(?!Year|Reception|Nursery"
            rf"|Key|KS)[A-Z][a-z]+|(?:village|hamlet|street|estate)\b)(?-i:{REST})"
        ),
    ),
    (
        "who somebody is in one place",
        (
            r"\b(?:i|we|my (?:husband|wife|partner|mum|dad))(?:['’]m|['’]re|\sam|\sare|\sis|\swas"
            r"|\srun|\sruns)\s(?:the|a|an)?\s?(?:only\s)?(?:[\w\-]{1,15}\s){0,3}?"
            "(?:vicar|postmistress|postman|post office|shop|butcher|baker|pub|landlord|landlady"
            "|councillor|mayor|mp|headteacher|head|chair of governors|"
            "lollipop (?:lady|man)|gp|doctor|farmer|farm|imam|priest|rabbi|publican|chip shop"
            r"|salon|caf[eé])\s(?-i:(?:in|at|of|for|on)\s(?:the\s)?(?:[A-Z]|village|our"
            r"|this)[^.;!?,\n]{0,60})"
        ),
    ),
)
_PATTERNS = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _RULES)
_NOT_A_CLUE = re.compile(
    "only one (?:of (?:us|them)|person|parent|child) (?:at a time|in the room|in five"
    "|in ten|per|each)"
    "|only one who (?:can|could|knows?|understands?|listens?|gets?|likes?|loves?|helps?"
    r"|believes?|cares?)\b"
    "|only (?:child|one|girl|boy) in (?:the|our|my) (?:house|home|family|household)"
    "|the (?:one|ones|mum|parent|child|person|people) (?:who|that) (?:has|have|had|does"
    "|do|did|deals?|pays?|gets?|always|never|must|should|will|needs?|makes?|fights?"
    r"|knows?|falls?|slips?|suffers?|loses?|misses)\b"
    r"|only (?:\w+\s){1,3}in (?:this|that|the same) (?:position|situation|boat|mess)"
    "|one (?:child|person|parent|of us|of them) (?:in|at|from) (?:five|ten|four|three"
    "|every|each|a|the family)",
    re.IGNORECASE,
)


def clues(text: str) -> Iterator[Span]:
    """Yield what could tell somebody who wrote; some may overlap."""
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not _NOT_A_CLUE.search(match.group()) and _of_somebody(match):
                yield Span(
                    match.start(),
                    match.start() + len(match.group().rstrip(" ,")),
                    DETAIL,
                    rule,
                    sure=False,
                )


_THINGS = word_set("""
school schools place places way ways thing things option options time times service services group
groups club clubs clinic clinics provision setting settings help support bus buses route choice
reason problem unit units college colleges nursery hospital respite playground park activity
activities specialist hour hours day days lesson subject break minute session sessions bit part
parts chance hope answer answers solution difference issue good improvement positive thing's
experience memory base week weeks month year years term half people person adult parent child
week's line page point step steps stage offer provider providers team teams centre job worker
complaint question meeting spot quiet space room rooms appointment special primary secondary
mainstream slot available suitable class classes contact email letter review report plan staff
member anything something word words side end months rest visit lots few couple term's night
""")


def _of_somebody(match: re.Match[str]) -> bool:
    """Tell "the only vicar in Exampleton" from "the only school in Exampleton"."""
    what = match.groupdict().get("what")
    if what is None:
        return True
    said = what.lower().split()
    return not any(word in _THINGS for word in said[-2:] + said[:1])
