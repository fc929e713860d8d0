# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""What a neighbour would know somebody by: an office, a deed, a rare thing, a story in the news.

A label costs a few words of a story; a miss may cost a family its privacy. So these rules are
broad. Each looks at one clause at most, and so costs no more than the length of a text.
"""

import re
from collections.abc import Iterator

from analysis.redaction.spans import DETAIL, Span

_IS = r"(?:['’]s|['’]m|['’]re|\s(?:is|am|are|was|were|used to be))"
KIN = (
    r"(?:husband|wife|partner|fianc[eé]e?|ex|mum|mam|mummy|mother|dad|daddy|father|nan|nana|gran"
    r"|grandm\w+|grandad|granddad|grandfather|brother|sister|aunt|auntie|uncle|son|daughter|cousin"
    r"|grandson|granddaughter|family|boy|girl|lad|eldest|youngest|child|kids?|children|twins?)"
    r"(?:[ -]in[ -]law)?"
)
OUR = rf"(?:my|our|his|her|their)\s(?:[a-z]{{1,12}}\s)?{KIN}"
WE = rf"(?:i|we|he|she|they|{OUR})"
OFFICE = (
    r"(?:vicar|rector|curate|priest|rabbi|imam|pastor|mayor|mp|councill?or|head|head ?(?:teacher"
    r"|master|mistress)|deputy head|senco|sendco|caretaker|(?:lollipop|dinner) (?:lady|man)|cook"
    r"|receptionist|village \w+|parish \w+|doctor|gp|butcher|baker|publican|landlord|landlady|postman"
    r"|postmistress|postmaster|chair of governors|chair of the \w+|(?:parent )?governor|farmer"
    r"|midwife|(?:school|district|community) nurse|childminder|undertaker|blacksmith|vet|pharmacist|chemist|dentist|bus driver|organist|churchwarden|football coach|manager of the \w+)"
)
UNMISTAKEN = (
    r"(?:vicar|rector|curate|priest|rabbi|imam|pastor|mayor|mp|(?:\w+ )?councill?or|postmistress"
    r"|postmaster|publican|(?:village|parish|local) \w+|(?:lollipop|dinner) (?:lady|man)"
    r"|governor (?:at|of) \w+|(?:ta|teacher|cook|caretaker|receptionist) (?:at|in) (?:the|our|my|his"
    r"|her|their)(?: same| own)? (?:school|nursery|village))"
)
ONE = (
    r"(?:boy|girl|lad|lass|child|kid|pupil|student|teenager|one|ones|man|woman|lady|bloke|mum|mam"
    r"|mother|dad|father|parents?|family|couple|nan|gran|grandad|twins?|brothers?|sisters?|house"
    r"|grandparents?|carers?|foster \w+|parent governor)"
)
REST = r"[^.,;!?\n]{0,60}"
FEW = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|a hundred|a dozen|a handful(?: of)?|\d{1,2})"
)
_MANY = r"(?:four|five|six|seven|eight|nine|ten|eleven|twelve|[4-9]|1[0-2])"
LAND = (
    r"(?:the |this |our )?(?:whole |entire )?"
    r"(?:world|uk|country|county|england|britain|europe|globe|wales|united kingdom)"
)
_WHOM = r"(?:people|children|cases|kids|families|patients|boys|girls|babies|others|adults|of us|of them)"
PATCH = (
    r"(?:village|hamlet|street|road|lane|close|estate|town|school|class|year|club|church|parish"
    r"|county|nursery|college|block|cul-de-sac|area|group|team)"
)
_PAPER = (
    r"(?:(?-i:[A-Z]\w+ )?(?-i:Echo|Gazette|Herald|Times|Mail|Post|Argus|Observer|Express|Courier"
    r"|Chronicle|Journal|Reporter|Advertiser|Comet|Mercury|News|Telegraph|Review|Guardian|Sun"
    r"|Mirror)|bbc|itv|sky news|look east|(?:news)?papers?|news|telly|tv|television|radio"
    r"|front page|this morning|headlines|documentary)"
)
_NEWS = (
    rf"(?:in|on|all over)\s(?:the\s)?(?:front (?:page )?of the\s)?(?:local\s|national\s)?{_PAPER}\b"
)

_RULES = (
    (
        "an office in the family",
        rf"\b{OUR}{_IS}\s(?:the\s(?:\w+ )?{OFFICE}|an?\s{UNMISTAKEN})\b{REST}",
    ),
    (
        "an office of one's own",
        rf"\b(?:i|we)(?:['’]m|m|['’]re|\sam|\sare|\swas|\sused to be)\s(?:the\s(?:\w+ )?{OFFICE}|an?\s{UNMISTAKEN})\b{REST}",
    ),
    (
        "the child of an office",
        rf"\b(?:the|a)\s{OFFICE}['’]?s['’]?\s(?:own\s|youngest\s|eldest\s|oldest\s)?{KIN}\b{REST}",
    ),
    (
        "works where everybody goes",
        rf"\b(?:i|we|{OUR})\s(?:works?|worked|teach(?:es)?|taught|cooks?|cleans?|volunteers?)\b[^.,;!?\n]{{0,30}}?"
        rf"\s(?:at|in|for)\s(?:the|my|our|his|her|their)\s(?:same\s|own\s|village\s|local\s)?(?:school|nursery"
        rf"|surgery|shop|pub|village|church|library)\b{REST}",
    ),
    (
        "keeps a house everybody knows",
        rf"\b(?:i|we|my family|{OUR})\s(?:run|runs|ran|own|owns|keep|keeps|manages?|farms?)\s(?:the|a)\s(?:[\w&]+ )"
        rf"{{0,2}}?(?:pub|shop|post office|farm|bakery|butchers?|butcher['’]s|garage|caf[eé]|chippy|takeaway|salon"
        rf"|stables|garden centre|b&b|kennels|inn|restaurant|nursery|riding school|hotel|dairy)\b{REST}",
    ),
    (
        "few in the land",
        rf"(?<!\bin )\b(?:only |just |about |around |roughly |fewer than |less than |under |maybe |there (?:are|were) )*"
        rf"(?:one of (?:only |just )?{FEW}(?: {_WHOM})?|{FEW} (?:known |other )?{_WHOM}|one (?:known )?(?:child|case|person))"
        rf"[^.,;!?\n]{{0,30}}? (?:in|around|across) {LAND}\b{REST}",
    ),
    (
        "few ever",
        rf"\b{FEW} (?:\w+ )?{_WHOM} (?:have|had|were|has) (?:ever )?(?:been |had )?(?:diagnosed|recorded|born|described|known|found)\b{REST}",
    ),
    (
        "the first there ever was",
        rf"\b(?:first|only|youngest|oldest|last)\s[^.,;!?\n]{{2,40}}?\s(?:the|our|this|that|his|her|my)\s{PATCH}"
        rf"\s(?:has|have|had|['’]s)?\s?(?:ever\s)?(?:had|seen|taken|known|taught|have)\b{REST}",
    ),
    (
        "the first to",
        rf"\b(?:youngest|oldest|first|smallest)\s(?:\w+\s){{1,3}}?(?:in|at|from)\s(?:{LAND}|(?:the|our|this|her|his)\s{PATCH})\s(?:to|with|who|ever|that)\b{REST}",
    ),
    (
        "somebody of ours is the one",
        rf"\b{OUR}{_IS}\s(?:the|that)\s(?:\w+\s)?{ONE}\s(?:who|that|whose|with)\b{REST}",
    ),
    (
        "it was ours who",
        rf"\b(?:it|that)(?:['’]s|\swas|\sis)\s(?:{OUR}|me|us)\s(?:who|that|whose)\b{REST}",
    ),
    (
        "the one who, and it is us",
        rf"\b(?:the|that)\s(?:\w+\s)?{ONE}\s(?:who|that|whose|with)\s[^.;!?\n]{{3,60}}?(?:,?\s(?:is|was|are)\s(?:my|our|me|us)\b"
        rf"|,\sthat(?:['’]s|\sis|\swas)\s(?:me|us|my|our|mine|ours|him|her)\b){REST}",
    ),
    (
        "as the one with",
        rf"\b(?:as|being)\s(?:the|that)\s(?:\w+\s){{0,2}}{ONE}\s(?:of|with|in|who|whose|from)\s(?!a\b){REST}",
    ),
    (
        "seen in the news",
        rf"\b(?:seen|saw|watched|read about|heard|remember)\s(?:us|me|him|her|them|{OUR})\s{_NEWS}{REST}",
    ),
    (
        "was in the news",
        rf"\b(?:{WE}|story|picture|face|photo|name|case|fight|campaign)(?:['’]s|['’]ve|\s(?:was|were|is|are|has|have|made|went|got|been))"
        rf"\s(?:been\s|all\s|even\s|once\s)*{_NEWS}{REST}",
    ),
    (
        "a misfortune that was talked about",
        rf"\b(?:{WE}\s(?:was|were|got|had been)\s(?:airlifted|murdered|drowned|stabbed|shot|kidnapped|run over|knocked down|killed)\b"
        rf"|{WE}\s(?:lost|had)\s(?:his|her|my|both|a|an|their)\s(?:\w+\s)?(?:legs?|arms?|hands?|sight|foot|eye)\b(?:\samputated)?"
        rf"|(?:died|killed|drowned|burnt|burned|injured|hurt)\s(?:\w+\s){{0,3}}?in\sthe\s(?:\w+\s)?(?:crash|fire|accident|flood|explosion|pile-up|attack)\b"
        rf"|(?:house|home|flat|barn|shop|caravan)\s(?:was\s)?(?:burn(?:ed|t)\s(?:down|out)|flooded|exploded|collapsed)\b"
        rf"|(?:shooting|murder|drowning|stabbing|kidnapping|killing|hanging)\sof\s{OUR}\b){REST}",
    ),
    (
        "a deed that was talked about",
        rf"\b{WE}\s(?:(?:\w+\s)?won\s(?:(?:gold|silver|bronze)\b|(?:the|a|our|his|her)\s(?:\w+\s)?(?:case|county|national|regional|world|british|english|junior|paralympic|medal|award|cup|race|final))"
        rf"|(?:started|set up|founded|organi[sz]ed|launched)\s(?:the|a|our)\s(?:\w+\s){{0,3}}?(?:petition|campaign|charity|march|protest|group|caf[eé]|club)"
        rf"|(?:cycled|walked|ran|swam|rowed|climbed|hiked|rode)\s(?:to|from|the|across|round|up)\s(?:the\s)?(?-i:[A-Z])"
        rf"|(?:plays?|played|swims?|swam|runs?|ran|boxes|rides|rode|competes?|competed|bats|bowls)\sfor\s(?:the\s)?(?:county|england|wales|britain|gb|great britain|team gb|uk|country)"
        rf"|(?:spoke|speak|sang|stood up)\s(?:at|in)\sthe\s(?:\w+\s)?(?:council|cabinet|parliament|town hall|conference|cathedral)"
        rf"|(?:chained|glued|tied)\s(?:our|my|him|her|them)\w*){REST}",
    ),
    (
        "many at once",
        rf"\b(?:(?:two|three|four|both)\ssets\sof\stwins|(?:my|our|of|have|has|had|with|are|identical|his|her|the)\s(?:\w+\s){{0,3}}?(?:triplets|quadruplets|quads|quins|quintuplets))\b{REST}"
        rf"|\b(?:foster|fostered|adopted|adopt|have|has|with|of|raised?)\s(?:\w+\s)?{_MANY}\s(?:\w+\s)?(?:adopted|fostered?|deaf|blind|disabled|autistic|brothers|sisters|siblings)\b{REST}"
        rf"|\b(?:we are|we['’]re|as|has|have|being)\s(?:the\s)?(?:only\s)?two\s(?:gay\s)?(?:mums|dads|mothers|fathers|mams)\b{REST}",
    ),
    (
        "everybody knows us",
        rf"\b(?:every(?:one|body)|they all|(?:the )?whole \w+|half the \w+|all the \w+|people)\b[^.,;!?\n]{{0,40}}?\b(?:know|knows|knew|recogni[sz]es?)\s"
        rf"(?:us|me|him|her|of us|about us|{OUR}|our (?:name|family|car|house|van|story))\b{REST}",
    ),
    (
        "knows the house",
        r"\b(?:know|tell|guess|see|spot|find)s?\s(?:exactly\s)?which\s(?:house|home|one|family|child|boy|girl|car|van|class|school)\b[^.,;!?\n]{0,40}"
        r"|\byou\s(?:may|might|will|['’]ll|must|probably)\s(?:well\s)?(?:remember|recall)\s?(?:it|us|him|her|me|my|our|the)?\b[^.,;!?\n]{0,40}",
    ),
    (
        "a house everybody sees",
        rf"\b(?:(?:ours|mine) is|we have|we['’]re|we live in|in|(?:the )?only) (?:the )?(?:\w+ )?(?:house|home|bungalow|cottage|flat|garden|van|car|front door) (?:on|in|with|at|that|opposite|by|next)\b (?:the|our|this|that)\b{REST}",
    ),
    (
        "one in a small place",
        rf"\b(?:the|our|my|this|a|his|her)\s(?:small\s|tiny\s|little\s|whole\s)?{PATCH}\s(?:of\s[\w ]{{2,20}},?\s)?(?:has|had|with|there is|there['’]s)\b[^.;!?\n]{{0,40}}?\b(?:one|a single)\s(?:\w+\s)?"
        rf"(?:child|boy|girl|family|wheelchair|deaf|blind|pupil|kid|lad|couple|adopter|foster)\b{REST}",
    ),
    (
        "the only one excluded",
        rf"\b(?:the|an?|be|being|am|is)\sonly\s(?:\w+\s){{0,2}}?(?:child|boy|girl|pupil|kid|family|student|lad|mum|dad|person|one|parent|couple|lady|man|woman)\s"
        rf"(?:\w{{3,}}ed|left out|not|using|wearing|signing|speaking|sitting|without|like|from)\b[^.,;!?\n]{{0,40}}?\b(?:the|his|her|our|my|their|this|that|whole)\s{PATCH}\b{REST}",
    ),
    (
        "the only one of us",
        rf"\b(?:only|just)\s(?:one|two)\s(?:of\s)?(?:him|her|us|me|them)\s(?:in|at|on|round|around)\b{REST}|\bmy (?:sur)?name\b[^.,;!?\n]{{0,20}}\bonly (?:one|us|family)\b{REST}"
        rf"|\bonly (?:family|house|child|boy|girl|couple|mum|dad)\b[^.,;!?\n]{{2,40}}?\b(?:round|around) (?:here|our way|these parts)\b"
        r"|\b(?:carnival|may|beauty|prom|village) (?:queen|princess|king)\b[^.,;!?\n]{0,30}",
    ),
    (
        "lives where everybody passes",
        rf"\b(?:we|i|our family)\s(?:live|lives|are|lived|moved)\s(?:in the \w+ )?(?:right )?(?:above|opposite|next (?:door )?to|behind|over|beside|across from|at the end of)\s(?:the|a)\s{REST}"
        rf"|\b(?:the|our|my)\s(?:\w+\s)?(?:house|farm|bungalow|cottage|flat|caravan|boat)\s(?:next to|opposite|behind|at the end of|above|by|beside)\sthe\s{REST}",
    ),
    (
        "the one whose",
        r"\b(?:the|that)\s(?:\w+\s)?(?:mum|mam|dad|mother|father|boy|girl|lad|child|family|couple|twins|lady|man|woman|house|kid|parents)\s(?:whose\b|in (?:the|a)\s(?:\w+\s)?(?:wheelchair|sari|hijab|niqab|turban|helmet|frame|hat|van|buggy|scooter|ambulance|house|cottage)\b)[^.;!?\n]{0,60}",
    ),
    (
        "the only such child",
        rf"\bonly\s(?!(?:other|good|real|one)\b)(?:[\w\-]{{3,20}}\s){{1,3}}(?:boy|girl|child|family|pupil|couple|lad|twins|student|kid|user|speaker|signer|mum|dad|woman|man|parents?|household|lady)\b{REST}",
    ),
    (
        "the most of all",
        rf"\b(?:the|is|am)\s(?:tallest|smallest|biggest|shortest|heaviest|tiniest|longest|youngest|oldest|most \w+)\s(?:\w+\s){{1,3}}?(?:in|at|on)\s(?:(?:the|our|his|her|my)\s(?:whole\s)?{PATCH}|year \d{{1,2}}|{LAND})\b{REST}",
    ),
    (
        "a rare thing, and where",
        rf"\b(?:rare|rarest|unusual|undiagnosed|unheard of)\b[^.;!?\n]{{0,60}}?\b(?:in|at|near|from)\s(?:(?:the|our|this|his|her)\s{PATCH}\b|(?-i:[A-Z][a-z]{{3,}})){REST}|\b(?:unusual|rare|foreign|double-barrelled)\s(?:sur)?name\b{REST}"
        rf"|\b(?:known locally|well known (?:here|in|round|locally)|local (?:celebrity|legend|hero)|famous (?:in|round|around|here|locally|for))\b{REST}",
    ),
    (
        "what became of somebody",
        rf"\b(?:{OUR}|he|she)\s(?:went missing|drowned|was found|disappeared|died (?:on|at|in) (?:the|a)|collapsed (?:at|on|in)|was born in (?:the|a)|captains?|was (?:the )?captain|was (?:the )?mascot|conducts|coaches)\b{REST}",
    ),
    (
        "what befell a place",
        rf"\b{WE}\s(?:moved|came|fled|arrived|escaped)\s[^.,;!?\n]{{0,30}}?\b(?:after|because of|in|since)\sthe\s(?:flood|war|fire|earthquake|invasion|coup|hurricane|siege|eruption)s?\b{REST}",
    ),
)
_PATTERNS = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _RULES)
_OF_ANYBODY = re.compile(
    r"\b(?:who|that)\s(?:has|have|had)\sto\b|\b(?:who|that)\s(?:always|never|deals?|does|do|makes?|understands?"
    r"|gets?|got sent|takes?|tries|tried|helps?|wants?|knows?|matters?|pays?|needs?|suffers?|loses?|cares?|listens?|fights?|should|must|will)\b"
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
