# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Who somebody is in a small place, told in passing: "she is the only one on the bus with..."."""

import re
from collections.abc import Iterator

from analysis.redaction.neighbours import FEW, KIN, LAND, ONE, OUR, PATCH, REST, UNMISTAKEN
from analysis.redaction.spans import DETAIL, Span

_NUMBER = rf"(?:{FEW}|sixty|seventy|eighty|ninety|two hundred|\d{{2,3}})"
_SIGN = r"(?:wheelchair|oxygen|ventilator|tube|frame|guide dog|hearing dog|assistance dog|talker|hoist|parrot|ambulance|pump|stoma|tracheostomy|hearing aids?|cochlear|prosthe\w+|trike|walker|splints|helmet|signs?|sign language|braille)"

_PRAISED = r"\s(?:who|that)\s(?:ever\s|really\s|always\s|has\sever\s)?(?:can|could|will|would|does|understands?|understood|listens?|listened|knows?|gets?|likes?|loves?|helps?|helped|believe[sd]?|cares?|cared|makes?|made|works?|worked|fights?|answers?|rings?|replie[sd]|says?|wants?)\b"

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
        rf"\b(?:i|we|mum|mam|dad|nan|{OUR})\s(?:runs?|ran|drives?|drove|leads?|coaches|conducts|organi[sz]es)\sthe\s(?:(?:number\s)?\d+\s)?(?:village\s|school\s|local\s|church\s)?(?:bus|minibus|taxi|brownies|cubs|scouts|guides|beavers|choir|band|football|cricket|under[ -]?\w+|toddler group|playgroup|sunday school|youth club|food bank|fete|panto\w*|library|tuck shop|swimming club|football club)\b{REST}"
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
    (
        "I am the only one",
        rf"\b(?:i am|i['’]m|im|we are|we['’]re|as|he is|he['’]s|she is|she['’]s|{OUR}\s(?:is|was))\s(?:often\s|usually\s|always\s|probably\s)?the\sonly\s(?:[\w\-]+\s){{0,2}}?(?:{ONE}|dad|governor|ta|teacher|pupil|person|household|family|travellers?|user|carer)(?!{_PRAISED})\s(?:in|at|on|here|round|around|from|with|who|whose|that)\b{REST}",
    ),
    (
        "a place's only one",
        rf"\b(?:the|our|this|my)\s{PATCH}['’]s\s(?:only|sole|first|one)\s(?:[\w\-]+\s){{1,3}}",
    ),
    (
        "the only such thing",
        rf"\b(?:have|has|got|with|we['’]re|we are|is)\s(?:got\s)?the\sonly\s(?:\w+\s){{0,2}}?(?:{_SIGN}|chair|house|bungalow|lift|ramp|car|van|farm|boat)\b[^.,;!?\n]{{0,30}}?\b(?:in|at|on)\s(?:the\s|our\s|my\s|this\s)?(?:{PATCH}|college|estate)\b{REST}",
    ),
    (
        "no other such child",
        r"\bno (?:other|one else['’]?s?) (?:\w+\s)?(?:child|kid|boy|girl|pupil|family|parent|mum|dad) (?:here|round here|around here|locally|in (?:the|our|this|my) (?:village|school|class|street|year|town)|for miles)\b[^.,;!?\n]{0,60}",
    ),
    (
        "a home with an office",
        r"\b(?:in|at)\sthe\s(?:[\w\-]+\s){0,2}?[\w\-]+['’]s\s(?:cottage|house|lodge|flat|bungalow|quarters)\b[^.,;!?\n]{0,40}",
    ),
    (
        "parent of many who are something",
        rf"\b(?:mum|mam|mummy|mother|dad|father|parents?|carers?|nan|gran)\s(?:to|of)\s(?:four|five|six|seven|eight|nine|ten|[4-9]|1[0-2]),?\s(?:(?:all|both|each|every one)\s)?(?:of them\s)?(?:\w+\s){{0,1}}?(?:adopted|fostered|autistic|deaf|blind|disabled|with|boys|girls|under)\b{REST}"
        rf"|\b(?:two|three|four|five|six|all|both)\sof\s(?:my|our)\s(?:three|four|five|six|seven|eight|nine|\d)\s(?:children|kids|boys|girls|sons|daughters)\s(?:is|are|have|has)\b{REST}",
    ),
    (
        "a rescue everybody saw",
        rf"\b(?:police|coastguard|air ambulance|search|mountain rescue|helicopter|lifeboat)\b[^.;!?\n]{{0,40}}?\b(?:came|came out|looked|searched|landed|was out|were out|found)\s(?:for\s)?(?:{OUR}|me|him|her|us)\b{REST}"
        rf"|\b{OUR}\s(?:got|was|went|were)\s(?:lost|missing|trapped|stuck)\s(?:on|in|down|up)\sthe\s(?:moor|moors|sea|river|woods|mountain|mine|cave|well|quarry|roof)\b{REST}"
        rf"|\b(?:he|she|we|i)\s(?:got|was|went|were)\s(?:lost|missing|trapped)\s(?:on|in|down|up)\sthe\s(?:moor|moors|sea|river|woods|mountain|mine|cave|well|quarry|roof)\b{REST}",
    ),
    (
        "a post in a small place",
        r"\b(?:i am|i['’]m|im|we are|we['’]re)\sthe\s(?!one|ones|only|first|last|same)(?:[\w\-]+\s){1,3}?(?:on|in|for|of|at)\s(?:the|our|this|my)\s(?:estate|village|street|valley|close|road|lane|parish|town|island|hamlet)\b[^.,;!?\n]{0,40}",
    ),
    (
        "a trade everybody knows",
        r"\b(?:i|we|mum|dad|and|my \w+|our \w+)\s(?:have|has|own|owns|run|runs|ran|keep|keeps|got)\sthe\s(?:\w+\s)?(?:takeaway|chip shop|chippy|chip van|kebab\w*|restaurant|pub|post office|salon|barber\w*|newsagent\w*|corner shop|garage|farm shop|bakery|caf[eé]|florist\w*|ice cream van|market stall|launderette|tea ?room|riding school|kennels|caravan park|campsite|village shop|petrol station|garden centre|dairy|stables)\b[^.,;!?\n]{0,40}",
    ),
    (
        "a voice everybody hears",
        r"\b(?:reads?|presents?|does)\sthe\s(?:news|weather|traffic|breakfast show)\s(?:on|for)\b[^.,;!?\n]{0,40}|\b(?:is|am|['’]m|are|was|were)\s(?:well\s)?known\s(?:for|as)\s(?:the\s|a\s)?\w+[^.,;!?\n]{0,50}",
    ),
    (
        "a home that is the one",
        r"\b(?:our|my)\s(?:house|bungalow|car|van|flat|cottage|garden|boat|caravan|drive)\s(?:is|was)\sthe\s(?:one|only|first|last)\b[^.,;!?\n]{0,60}|\b(?:our|my|his|her)\scase\s(?:is|was|made|went)\s(?:the\s|in\s|to\s|into\s|legal\s|law|history)[^.,;!?\n]{0,50}",
    ),
    (
        "the only few",
        rf"\bthe\sonly\s(?:two|three|four)\s(?:in|on|at|of us|who|from)\b{REST}",
    ),
    (
        "the only one of an age",
        rf"\bthe only (?:year \d{{1,2}}|\d{{1,2}} year old|teenager|toddler|baby|adult)\b(?!s)(?! in the (?:room|house|family)){REST}",
    ),
    (
        "what everybody sees or hears",
        rf"\b(?:plays?|played|rings?|rang) the (?:organ|piano|drums|bells?|harp|bagpipes) (?:at|in|for) (?:the|our){REST}|\b(?:see|hear|smell) our \w+ from\b{REST}"
        rf"|\bcarried the (?:\w+ )?torch\b{REST}|\bnamed (?:the|a|their|its) \w+ (?:after|for) {OUR}\b{REST}",
    ),
    (
        "one of the few with it",
        rf"\b(?:one|two|three|both) of (?:the|only) (?:two|three|four|five|six|\d{{1,2}}) (?:children|people|kids|families|boys|girls|pupils)\b{REST}",
    ),
    (
        "two parts in one life",
        rf"\b(?:i am|i['’]m|im) (?:his|her|their|my \w+['’]s) (?:teacher|ta|senco|head|headteacher|doctor|gp|coach|social worker|governor|vicar|nurse) (?:and|as well as) (?:his|her|their|also) {REST}",
    ),
    (
        "first of all",
        rf"\b(?:the|was|is|were)\s(?:very\s)?first\s(?:[\w\-]+\s){{0,4}}?(?:in|at)\s{LAND}\b(?!\s(?:one|place)){REST}"
        rf"|\bthe\sfirst\s(?:child|girl|boy|pupil|baby|person|student|family|woman|man|wheelchair user)\s(?:ever\s)?(?:with|in|at|to)\b[^.,;!?\n]{{0,50}}?\b(?:school|county|country|village|college|class|town|nursery|england|wales|uk)\b{REST}",
    ),
)
_PATTERNS = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _RULES)


def standing(text: str) -> Iterator[Span]:
    """Yield who somebody is where everybody knows everybody; some may overlap."""
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            said = match.group().rstrip(" ,")
            yield Span(match.start(), match.start() + len(said), DETAIL, rule, sure=False)
