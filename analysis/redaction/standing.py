# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Who somebody is in a small place, told in passing: "she is the only one on the bus with..."."""

import re
from collections.abc import Iterator

from analysis.redaction.neighbours import FEW, KIN, ONE, OUR, PATCH, REST, UNMISTAKEN
from analysis.redaction.spans import DETAIL, Span

_NUMBER = rf"(?:{FEW}|sixty|seventy|eighty|ninety|two hundred|\d{{2,3}})"
_SIGN = r"(?:wheelchair|oxygen|ventilator|tube|frame|guide dog|hearing dog|assistance dog|talker|hoist|parrot|ambulance|pump|stoma|tracheostomy|hearing aids?|cochlear|prosthe\w+|trike|walker|splints|helmet|signs?|sign language|braille)"

_RULES = (
    (
        "the only one with a sign",
        rf"\b(?:only|just)\s(?:one|person|people|ones|child|boy|girl)\b[^.,;!?\n]{{0,50}}?\b(?:with|on|in|who|using|uses)\b[^.,;!?\n]{{0,20}}?\b{_SIGN}\b{REST}",
    ),
    (
        "the only one met",
        rf"\bonly\s(?:one|person|child|patient|case|boy|girl|family)\s(?:with|like|who)\b[^.,;!?\n]{{3,50}}?\b(?:has|have|had|ever|they['’]ve|we['’]ve)\s(?:ever\s)?(?:met|seen|known|had|taught|treated|heard of)\b{REST}",
    ),
    (
        "nobody but us",
        rf"\b(?:no ?one|nobody|not one|who else|how many)\b[^.;!?\n]{{3,70}}?\b(?:but|except|apart from|other than|like)\s(?:us|me|him|her|{OUR})\b{REST}"
        rf"|\b(?:no ?one|nobody) else (?:here|there|round here|at church|like us|does it)\b{REST}",
    ),
    (
        "a whole place saw it",
        rf"\b(?:the )?(?:whole|half|all|most) (?:of )?(?:the )?(?:{PATCH}|(?-i:[A-Z]\w+(?: [A-Z]\w+)?)) (?:saw|knows?|knew|heard|watched|remembers?|talks?|talked|came|turned out|raised)\b{REST}",
    ),
    (
        "as who everybody knows",
        rf"\b(?:as|being)\s(?:the|an?)\s(?:{UNMISTAKEN}|(?:\w+\s)?(?:mp|vicar|head|mayor|doctor|imam|rabbi|councill?or|farmer|teacher|governor)['’]?s['’]?\s{KIN}|village \w+|(?:chair of )?governors?\sat)\b{REST}"
        rf"|\bas chair of (?:governors|the \w+)\b{REST}"
        rf"|\b(?:i|we)(?:['’]m|m|['’]re|\sam|\sare|\swas|\swere)\s(?:an?|the)\s(?:\w+\s)?(?:vicar|magistrate|judge|bishop|mp|mayor|surgeon|pilot|jockey|footballer|actor|actress|celebrity|author|paralympian|olympian|farmer|lighthouse keeper|detective)\b{REST}",
    ),
    (
        "runs what everybody goes to",
        rf"\b(?:i|we|mum|mam|dad|nan|{OUR})\s(?:runs?|ran|drives?|drove|leads?|coaches|conducts|organi[sz]es)\sthe\s(?:village\s|school\s|local\s|church\s)?(?:bus|minibus|taxi|brownies|cubs|scouts|guides|beavers|choir|band|football|cricket|toddler group|playgroup|sunday school|youth club|food bank|fete|panto\w*|library|tuck shop|swimming club|football club)\b{REST}"
        rf"|\b(?:my|our|his|her)\s(?:\w+\s)?{KIN}\s(?:is|was)\s(?:an?|the)\s(?:ta|teacher|cook|cleaner|helper|caretaker|receptionist|governor|secretary|dinner lady)\s(?:in|at|for)\s(?:my|our|the|his|her|their)\s(?:same\s|own\s)?(?:class|school|office|nursery|year)\b{REST}",
    ),
    (
        "a fire, a crash, and where",
        rf"\b(?:since|after|before|in|because of)\sthe\s(?:\w+\s)?(?:fire|crash|flood|explosion|accident|murder|shooting|raid|arrest|inquest|trial)\s(?:at|in|on|of|that)\s(?:our|my|the|his|her)\b{REST}",
    ),
    (
        "the one, and ours",
        rf"\b(?:the|that)\s{ONE}\s(?:who|that|whose|with)\s[^.;!?\n]{{3,70}}?\s(?:was|is|were|are)\s(?:mine|ours|me|us|my|our|him|her)\b{REST}"
        rf"|\b(?:i['’]m|i am|we are|we['’]re)\sthe\s(?:mum|mother|dad|father|parents|nan|gran|brother|sister|wife|husband|widow)\sof\sthe\s{REST}",
    ),
    (
        "ours with a sign",
        rf"\b{OUR}\s(?:with|on|in)\s(?:the|a|his|her)\s(?:\w+\s){{0,2}}?{_SIGN}\b{REST}"
        rf"|\b{OUR}\s(?:is|was)\s(?:the|a)\s(?:\w+\s)?(?:six foot|seven foot|4 foot|6 foot|tallest|giant)\b{REST}"
        rf"|\b{OUR},\s(?:both|all|one|each)\s(?:\w+\s){{0,3}}?(?:deaf|blind|albin\w+|autistic|adopted|disabled)\b{REST}",
    ),
    (
        "from far away",
        rf"\b(?:we|i|my family|{OUR})\s(?:are|am|is|came|come|was|were)\s(?:\w+\s)?from\s(?-i:[A-Z]\w+)[^.;!?\n]{{0,30}}?\b(?:only|nobody|no one|one of)\b{REST}",
    ),
    (
        "many at one birth, ours",
        r"\b(?:i['’]ve|we['’]ve|i|we|got|got the|had)\s(?:got\s|had\s|have\s)?(?:the\s|three\s|identical\s|\w+\s)?(?:triplets|quads|quadruplets|quins)\b[^.,;!?\n]{0,40}",
    ),
    (
        "a case that was talked about",
        rf"\b(?:i|we|{OUR})\s(?:sued|took)\s(?:the|my|our|his|her)\s(?:school|council|county|trust|hospital|head)\b{REST}"
        rf"|\bgoogle\s(?:me|us|my|our|his|her|it|the)\b{REST}|\b(?:supreme court|high court|court of appeal|european court|crown court|judicial review|inquest)\b[^.,;!?\n]{{0,30}}",
    ),
    (
        "a home everybody sees",
        rf"\b(?:we|i)\s(?:live|lived|are|stay)\s(?:at|in|on|by)?\s?the\s(?:only\s)?(?:\w+\s)?(?:lighthouse|windmill|mill|manor|vicarage|rectory|castle|farm|boat|narrowboat|caravan|gatehouse|lodge|pub|old \w+|last house|end house|big house|corner house|level crossing|mosque|manse)\b{REST}"
        rf"|\b(?:first|second|third|fourth|last|end|corner)\s(?:house|bungalow|cottage|door|flat)\s(?:past|on|in|from|after|before|by|up|down|opposite)\b{REST}",
    ),
    (
        "in so small a place",
        rf"\b(?:in|with|it(?:['’]s| is| was))\s(?:such\s)?(?:a|only)\s(?:\w+\s)?(?:{PATCH}\sof\s(?:only\s)?{_NUMBER}|small {PATCH}|tiny {PATCH}|{_NUMBER} (?:children|families|houses|pupils|homes|people))\b[^.;!?\n]{{0,50}}?\b(?:only|one|obvious|everyone|everybody|know|knows|nobody)\b{REST}",
    ),
    (
        "easy to work out",
        rf"\b(?:won['’]?t|not|isn['’]?t|wouldn['’]?t|doesn['’]?t)\s(?:be\s)?(?:too\s|very\s|that\s)?(?:hard|difficult|take long|take much)\s(?:to\s)(?:work out|guess|tell|see|find|figure|know|identify|spot){REST}"
        r"|\b(?:will|would|['’]ll|['’]d|must|might|can)\s(?:\w+\s)?(?:know|guess|see|tell|realise)\s(?:that\s)?(?:it['’]?s|its|this is|it was|this was|it is)\s(?:me|us|him|her|my|our)\b[^.,;!?\n]{0,30}",
    ),
)
_PATTERNS = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _RULES)


def standing(text: str) -> Iterator[Span]:
    """Yield who somebody is where everybody knows everybody; some may overlap."""
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            said = match.group().rstrip(" ,")
            yield Span(match.start(), match.start() + len(said), DETAIL, rule, sure=False)
