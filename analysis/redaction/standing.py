# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Who somebody is in a small place, told in passing: "she is the only one on the bus with..."."""

import re
from collections.abc import Iterator

from analysis.redaction import onlyones
from analysis.redaction.localwords import FEW, KIN, ONE, OUR, PATCH, REST, SIGN, UNMISTAKEN
from analysis.redaction.spans import DETAIL, Span

_NUMBER = rf"(?:{FEW}|sixty|seventy|eighty|ninety|two hundred|\d{{2,3}})"

_RULES = (
    (
        "nobody but us",
        (
            rf"\b(?:no ?one|nobody|not one|who else|how many)\b[^.;!?\n]{{3,70}}?\b(?:but|except"
            rf"|apart from|other than|like)\s(?:us|me|him|her|{OUR})\b{REST}"
            r"|\b(?:no ?one|nobody) else (?:here|there|round here|at church|like us"
            rf"|does it)\b{REST}"
        ),
    ),
    (
        "a whole place saw it",
        (
            rf"\b(?:the )?(?:whole|half|all|most) (?:of )?(?:the )?(?:{PATCH}"
            r"|(?-i:[A-Z]\w+(?: [A-Z]\w+)?)) (?:saw|knows?|knew|heard|watched|remembers?|talks?"
            rf"|talked|came|turned out|raised)\b{REST}"
        ),
    ),
    (
        "as who everybody knows",
        (
            rf"\b(?:as|being)\s(?:the|an?)\s(?:{UNMISTAKEN}|(?:\w+\s)?(?:mp|vicar|head|mayor"
            rf"|doctor|imam|rabbi|councill?or|farmer|teacher|governor)['’]?s['’]?\s{KIN}"
            rf"|village \w+|(?:chair of )?governors?\sat)\b{REST}"
            rf"|\bas chair of (?:governors|the \w+)\b{REST}"
            r"|\b(?:i|we)(?:['’]m|m|['’]re|\sam|\sare|\swas|\swere)\s(?:an?"
            r"|the)\s(?:\w+\s)?(?:vicar|magistrate|judge|bishop|mp|mayor|surgeon|pilot|jockey"
            "|footballer|actor|actress|celebrity|author|paralympian|olympian|farmer"
            rf"|lighthouse keeper|detective)\b{REST}"
        ),
    ),
    (
        "runs what everybody goes to",
        (
            rf"\b(?:i|we|mum|mam|dad|nan|{OUR})\s(?:runs?|ran|drives?|drove|leads?|coaches"
            r"|conducts|organi[sz]es)\sthe\s(?:(?:number\s)?\d+\s)?(?:village\s|school\s|local\s"
            r"|church\s)?(?:bus|minibus|taxi|brownies|cubs|scouts|guides|beavers|choir|band"
            r"|football|cricket|under[ -]?\w+|toddler group|playgroup|sunday school|youth club"
            rf"|food bank|fete|panto\w*|library|tuck shop|swimming club|football club)\b{REST}"
            rf"|\b(?:my|our|his|her)\s(?:\w+\s)?{KIN}\s(?:is|was)\s(?:an?|the)\s(?:ta|teacher|cook"
            r"|cleaner|helper|caretaker|receptionist|governor|secretary|dinner lady)\s(?:in|at"
            r"|for)\s(?:my|our|the|his|her|their)\s(?:same\s|own\s)?(?:class|school|office"
            rf"|nursery|year)\b{REST}"
        ),
    ),
    (
        "a fire, a crash, and where",
        (
            r"\b(?:since|after|before|in|because of)\sthe\s(?:\w+\s)?(?:fire|crash|flood"
            r"|explosion|accident|murder|shooting|raid|arrest|inquest|trial)\s(?:at|in|on|of"
            rf"|that)\s(?:our|my|the|his|her)\b{REST}"
        ),
    ),
    (
        "the one, and ours",
        (
            rf"\b(?:the|that)\s{ONE}\s(?:who|that|whose|with)\s[^.;!?\n]{{3,70}}?\s(?:was|is|were"
            rf"|are)\s(?:mine|ours|me|us|my|our|him|her)\b{REST}"
            r"|\b(?:i['’]m|i am|we are|we['’]re)\sthe\s(?:mum|mother|dad|father|parents|nan|gran"
            rf"|brother|sister|wife|husband|widow)\sof\sthe\s{REST}"
        ),
    ),
    (
        "ours with a sign",
        (
            rf"\b{OUR}\s(?:with|on|in)\s(?:the|a|his|her)\s(?:\w+\s){{0,2}}?{SIGN}\b{REST}"
            rf"|\b{OUR}\s(?:is|was)\s(?:the|a)\s(?:\w+\s)?(?:six foot|seven foot|4 foot|6 foot"
            rf"|tallest|giant)\b{REST}"
            rf"|\b{OUR},\s(?:both|all|one|each)\s(?:\w+\s){{0,3}}?(?:deaf|blind|albin\w+|autistic"
            rf"|adopted|disabled)\b{REST}"
        ),
    ),
    (
        "from far away",
        (
            rf"\b(?:we|i|my family|{OUR})\s(?:are|am|is|came|come|was"
            rf"|were)\s(?:\w+\s)?from\s(?-i:[A-Z]\w+)[^.;!?\n]{{0,30}}?\b(?:only|nobody|no one"
            rf"|one of)\b{REST}"
        ),
    ),
    (
        "many at one birth, ours",
        (
            r"\b(?:i['’]ve|we['’]ve|i|we|got|got the|had)\s(?:got\s|had\s|have\s)?(?:the\s"
            r"|three\s|identical\s|\w+\s)?(?:triplets|quads|quadruplets|quins)\b[^.,;!?\n]{0,40}"
        ),
    ),
    (
        "a case that was talked about",
        (
            rf"\b(?:i|we|{OUR})\s(?:sued|took)\s(?:the|my|our|his|her)\s(?:school|council|county"
            rf"|trust|hospital|head)\b{REST}"
            rf"|\bgoogle\s(?:me|us|my|our|his|her|it|the)\b{REST}|\b(?:supreme court|high court"
            "|court of appeal|european court|crown court|judicial review"
            rf"|inquest)\b[^.,;!?\n]{{0,30}}"
        ),
    ),
    (
        "a home everybody sees",
        (
            r"\b(?:we|i)\s(?:live|lived|are|stay)\s(?:at|in|on"
            r"|by)?\s?the\s(?:only\s)?(?:\w+\s)?(?:lighthouse|windmill|mill|manor|vicarage"
            r"|rectory|castle|farm|boat|narrowboat|caravan|gatehouse|lodge|pub|old \w+|last house"
            rf"|end house|big house|corner house|level crossing|mosque|manse)\b{REST}"
            r"|\b(?:first|second|third|fourth|last|end|corner)\s(?:house|bungalow|cottage|door"
            rf"|flat)\s(?:past|on|in|from|after|before|by|up|down|opposite)\b{REST}"
        ),
    ),
    (
        "in so small a place",
        (
            r"\b(?:in|with|it(?:['’]s| is| was))\s(?:such\s)?(?:a"
            rf"|only)\s(?:\w+\s)?(?:{PATCH}\sof\s(?:only\s)?{_NUMBER}|small {PATCH}|tiny {PATCH}"
            f"|{_NUMBER} (?:children|families|houses|pupils|homes"
            rf"|people))\b[^.;!?\n]{{0,50}}?\b(?:only|one|obvious|everyone|everybody|know|knows"
            rf"|nobody)\b{REST}"
        ),
    ),
    (
        "easy to work out",
        (
            r"\b(?:won['’]?t|not|isn['’]?t|wouldn['’]?t|doesn['’]?t)\s(?:be\s)?(?:too\s|very\s"
            r"|that\s)?(?:hard|difficult|take long|take much)\s(?:to\s)(?:work out|guess|tell|see"
            f"|find|figure|know|identify|spot){REST}"
            r"|\b(?:will|would|['’]ll|['’]d|must|might|can)\s(?:\w+\s)?(?:know|guess|see|tell"
            r"|realise)\s(?:that\s)?(?:it['’]?s|its|this is|it was|this was|it is)\s(?:me|us|him"
            r"|her|my|our)\b[^.,;!?\n]{0,30}"
        ),
    ),
    (
        "a home with an office",
        (
            r"\b(?:in|at)\sthe\s(?:[\w\-]+\s){0,2}?[\w\-]+['’]s\s(?:cottage|house|lodge|flat"
            r"|bungalow|quarters)\b[^.,;!?\n]{0,40}"
        ),
    ),
    (
        "parent of many who are something",
        (
            r"\b(?:mum|mam|mummy|mother|dad|father|parents?|carers?|nan|gran)\s(?:to|of)\s(?:four"
            r"|five|six|seven|eight|nine|ten|[4-9]|1[0-2]),?\s(?:(?:all|both|each"
            rf"|every one)\s)?(?:of them\s)?(?:\w+\s){{0,1}}?(?:adopted|fostered|autistic|deaf"
            rf"|blind|disabled|with|boys|girls|under)\b{REST}"
            r"|\b(?:two|three|four|five|six|all|both)\sof\s(?:my|our)\s(?:three|four|five|six"
            r"|seven|eight|nine|\d)\s(?:children|kids|boys|girls|sons|daughters)\s(?:is|are|have"
            rf"|has)\b{REST}"
        ),
    ),
    (
        "a rescue everybody saw",
        (
            r"\b(?:police|coastguard|air ambulance|search|mountain rescue|helicopter"
            rf"|lifeboat)\b[^.;!?\n]{{0,40}}?\b(?:came|came out|looked|searched|landed|was out"
            rf"|were out|found)\s(?:for\s)?(?:{OUR}|me|him|her|us)\b{REST}"
            rf"|\b{OUR}\s(?:got|was|went|were)\s(?:lost|missing|trapped|stuck)\s(?:on|in|down"
            r"|up)\sthe\s(?:moor|moors|sea|river|woods|mountain|mine|cave|well|quarry"
            rf"|roof)\b{REST}"
            r"|\b(?:he|she|we|i)\s(?:got|was|went|were)\s(?:lost|missing|trapped)\s(?:on|in|down"
            r"|up)\sthe\s(?:moor|moors|sea|river|woods|mountain|mine|cave|well|quarry"
            rf"|roof)\b{REST}"
        ),
    ),
    (
        "a post in a small place",
        (
            r"\b(?:i am|i['’]m|im|we are|we['’]re)\sthe\s(?!one|ones|only|first|last"
            r"|same)(?:[\w\-]+\s){1,3}?(?:on|in|for|of|at)\s(?:the|our|this|my)\s(?:estate"
            r"|village|street|valley|close|road|lane|parish|town|island|hamlet)\b[^.,;!?\n]{0,40}"
        ),
    ),
    (
        "a trade everybody knows",
        (
            r"\b(?:i|we|mum|dad|and|my \w+|our \w+)\s(?:have|has|own|owns|run|runs|ran|keep|keeps"
            r"|got)\sthe\s(?:\w+\s)?(?:takeaway|chip shop|chippy|chip van|kebab\w*|restaurant|pub"
            r"|post office|salon|barber\w*|newsagent\w*|corner shop|garage|farm shop|bakery"
            r"|caf[eé]|florist\w*|ice cream van|market stall|launderette|tea ?room|riding school"
            "|kennels|caravan park|campsite|village shop|petrol station|garden centre|dairy"
            r"|stables)\b[^.,;!?\n]{0,40}"
        ),
    ),
    (
        "a voice everybody hears",
        (
            r"\b(?:reads?|presents?|does)\sthe\s(?:news|weather|traffic|breakfast show)\s(?:on"
            r"|for)\b[^.,;!?\n]{0,40}|\b(?:is|am|['’]m|are|was|were)\s(?:well\s)?known\s(?:for"
            r"|as)\s(?:the\s|a\s)?\w+[^.,;!?\n]{0,50}"
        ),
    ),
    (
        "a home that is the one",
        (
            r"\b(?:our|my)\s(?:house|bungalow|car|van|flat|cottage|garden|boat|caravan"
            r"|drive)\s(?:is|was)\sthe\s(?:one|only|first|last)\b[^.,;!?\n]{0,60}|\b(?:our|my|his"
            r"|her)\scase\s(?:is|was|made|went)\s(?:the\s|in\s|to\s|into\s|legal\s|law"
            r"|history)[^.,;!?\n]{0,50}"
        ),
    ),
    (
        "what everybody sees or hears",
        (
            r"\b(?:plays?|played|rings?|rang) the (?:organ|piano|drums|bells?|harp"
            rf"|bagpipes) (?:at|in|for) (?:the|our){REST}|\b(?:see|hear"
            rf"|smell) our \w+ from\b{REST}"
            rf"|\bcarried the (?:\w+ )?torch\b{REST}|\bnamed (?:the|a|their|its) \w+ (?:after"
            rf"|for) {OUR}\b{REST}"
        ),
    ),
    (
        "two parts in one life",
        (
            r"\b(?:i am|i['’]m|im) (?:his|her|their|my \w+['’]s) (?:teacher|ta|senco|head"
            "|headteacher|doctor|gp|coach|social worker|governor|vicar|nurse) (?:and"
            f"|as well as) (?:his|her|their|also) {REST}"
        ),
    ),
)
_PATTERNS = tuple(
    (rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in (*_RULES, *onlyones.RULES)
)


def standing(text: str) -> Iterator[Span]:
    """Yield who somebody is where everybody knows everybody; some may overlap."""
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            said = match.group().rstrip(" ,")
            yield Span(match.start(), match.start() + len(said), DETAIL, rule, sure=False)
