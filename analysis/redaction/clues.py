# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""What tells a neighbour who wrote, without a name: "the only deaf child in Exampleton".

A rule can see some of these. A story that only one family has lived stays a person's job before
anything is quoted.
"""

import re
from collections.abc import Iterator

from analysis.namewords import word_set
from analysis.redaction.spans import DETAIL, Span

_ANYBODY = r"(?:one|ones|person|people|adult|teacher|governor|ta|man|woman|him|her|us|case|house|home|parents?|carers?|mum|mother|dad|father)"
_SOMEBODY = (
    r"(?:child|children|boy|boys|girl|girls|lad|kid|kids|famil(?:y|ies)|pupils?|students?|learner|"
    r"couple|household|twins?|triplets?|wheelchair[ -]users?|users?|foster\s\w+|"
    r"teenagers?|teen|young\s\w+|siblings?|sons?|daughters?|brothers?|sisters?|grandparents?|"
    r"grandmother|grandfather|widow(?:er)?|foster carers?|adopters?|guardian|speakers?|"
    r"signer|toddler|baby|set|pair|adoptive\s\w+|traveller|refugees?|asylum|signers?)"
)
_REST = r"[^.;!?\n]{0,110}?(?=[.;!?\n]|,\s(?:I|we|he|she|they|it|you|this|that|nobody)\b|,?\s(?:so|but|because|which|and (?:we|I|i|he|she|they|the|it|nobody|no|there))\b|$)"
_ADJECTIVES = r"(?:[\w\-’']{1,20}\s){0,4}?"
_WHERE = r"(?:in|at|on|from|with|who|whose|that|here|there|using|under|living|for miles|to have|to use|of|locally|around|for|left|they['’]ve|they|anyone|ever|we know|i know|else)"
_PLACE = r"(?:in|at|from|on|around|of|near)\s(?:the|our|my|this|his|her|their|all of|whole|a)?\s?(?:entire\s|whole\s|small\s|tiny\s|little\s|same\s)?"
_SPOT = r"(?:villages?|hamlet|street|road|close|estate|town|parish|class|school|year|county|district|area|primary|[A-Z][a-z]+)"

_STRANGE = r"(?-i:[A-Z][a-z]+(?:[ \-](?:[A-Z][a-z]+|le|on|the|upon|under|in|of)){0,3})"
_SMALL = rf"(?:(?:the|our|my|this|a|same)\s(?:\w+\s)?(?:village|hamlet|street|road|close|lane|estate|cul-de-sac|parish)|{_STRANGE})"

_RULES = (
    (
        "a place's only one",
        rf"{_STRANGE}['’]s\s(?:only|sole|one and only)\s{_ADJECTIVES}(?:{_SOMEBODY}|{_ANYBODY})\b",
    ),
    (
        "nobody else there",
        rf"\b(?:(?:nobody|no one|no-one)(?=\s(?:else|other|like))|only (?:my|our|his|her)\s\w+|only (?:we|i)|just (?:one|the one|us|me)|(?:only|just) one)\b(?:\s(?:else|other|of|set|pair|child|boy|girl|family|person|\w+)){{0,4}}?\s(?:in|on|at|from|round|around)\s{_SMALL}(?-i:{_REST})",
    ),
    (
        "somebody of one place",
        rf"\b(?:the|that|one)\s(?:one\s)?{_ADJECTIVES}(?:family|boy|girl|child|lad|mum|mother|dad|father|couple|man|woman|twins|kid|one|parents|brothers|sisters)\s(?:in|on|at|from|of)\s{_SMALL}\s(?:who|whose|with|that)\b(?-i:{_REST})",
    ),
    (
        "somebody with something, of one place",
        rf"\b(?:the|that)\s(?:one\s)?(?:family|boy|girl|child|lad|mum|mother|dad|father|couple|man|woman|twins|kid|one|parents|brothers|sisters)\s(?:who|whose|with|that)\s[^.;!?\n]{{3,60}}?\s(?:in|on|at|from|of)\s{_SMALL}(?-i:{_REST})",
    ),
    (
        "the only of its kind",
        rf"\b(?:the|our|my|his|her|their|an?|village['’]s|only)\s(?:only|sole|one and only|first|last|youngest|oldest|lone)\s(?P<what>(?:[\w\-’']{{1,20}}\s){{1,6}}?)(?:in|at|on|of|from|round|around|for)\s(?:(?:the|our|my|this|her|his|their)\s(?:\w+\s){{0,2}}?(?-i:village|hamlet|street|road|close|estate|town|parish|class|year|school|district|area)|{_STRANGE})(?-i:{_REST})",
    ),
    (
        "one of very few",
        r"\b(?:one of (?:only )?|only |just )(?:a handful of |two |three |four |five |six |ten |twelve |twenty |\d{1,3} )(?:[\w\-]{1,15} )?(?:children|people|families|cases|kids|boys|girls|patients|pupils)\b(?: (?:in|at|on) (?:the )?[\w ]{2,25}?)?(?= with| who|\.|,| have| has| in| at|$)(?-i:[^.;!?,\n]{0,60})",
    ),
    (
        "few there",
        rf"\b(?:not many|aren['’]t many|can['’]?t be many|cannot be many|hardly any|not a lot of|very few|so few|how many)\s[^.;!?\n]{{3,40}}?\s(?:in|at|on|round|around)\s{_SMALL}(?-i:{_REST})",
    ),
    (
        "they will know who",
        r"\b(?:you|they|people|every(?:one|body)|any(?:one|body)|some(?:one|body)|neighbours?|staff|teachers?|locals|readers?|others|some|many|most|all|school|villagers|parents|mums|families|the (?:whole )?(?:village|town|school|council|team))\b"
        r"[^.;!?,\n]{0,40}?(?:\bwill|\bwould|\bcan|\bcould|\bmight|\bmay|['’]ll|['’]d|\bmust|\bprobably|\balready|\bknows|\ball know|\brecogni[sz]es)\b(?! not)[^.;!?,\n]{0,30}?"
        r"(?:(?:know|knows|guess|work out|tell|see|realise|figure out|recogni[sz]e|identify)\s(?:\w+\s){0,3}?(?:who (?:we|i|he|she|they|it|this|that|wrote|is|my|our|sent)|which (?:child|family|boy|girl|one|school|parent|mum)|(?:it|this|that)(?:['’]s| is| was| must be) (?:us|me|my|our|him|her|about))"
        r"|(?:recogni[sz]es?|identif(?:y|ies)|remembers?|place)\s(?:us|me|him|her|them|my|our|this)\b)[^.;!?,\n]{0,30}",
    ),
    (
        "no guessing needed",
        r"\bno prizes for guessing[^.;!?\n]{0,40}|\b(?:obvious|clear|easy to (?:see|tell|guess|work out)|not hard to (?:see|tell|guess|work out)) (?:to \w+ )?(?:who|which (?:child|family)) (?:we|i|he|she|it|this|wrote|is)\b[^.;!?,\n]{0,30}"
        r"|\b(?:i am|i['’]m|we are|we['’]re) (?:known|well known|famous)\b(?: \w+){0,3}? (?:as|for|in|around|round)\b[^.;!?\n]{0,50}",
    ),
    (
        "we are those",
        r"\b(?:we are|we['’]re|i am|i['’]m|we were|mine is|ours is|he is|he['’]s|she is|she['’]s) (?:the|that) (?:[\w\-]+ )?(?:one|ones|family|couple|mum|dad|mother|father|boy|girl|child|parents|baby|kid|lad|lass|lady|man|woman|bloke|nan|gran|grandad|grandma|grandparents|uncle|auntie|aunt|brother|sister|twins|pair|house|foster \w+)\s(?:with|who|whose|from|that|on)\b[^.;!?\n]{3,80}",
    ),
    (
        "office in a small place",
        r"\b(?:as|am|i['’]m|is|being) (?:a |the )?(?:\w+['’]s )?(?:local |village |parish |town |school )?(?:vicar|postmistress|postmaster|publican|landlady|landlord|lollipop (?:lady|man)|mayor|vicar['’]s wife|village \w+|head ?teacher|chair of governors|imam|churchwarden|farmer)(?:['’]s \w+)? (?:in|at|of|here)\b[^.;!?\n]{0,50}",
    ),
    ("unique there", rf"\bunique (?:in|at) {_SMALL}(?-i:{_REST})"),
    (
        "somebody, and where",
        rf"\b(?:in|from|of) {_SMALL},? (?:and )?(?:i am|i'm|we are|we're|he is|he's|she is|she's) the (?:only|one|famil|mum|dad|boy|girl)\w*\b(?-i:{_REST})",
    ),
    (
        "one place has one",
        rf"\bin\s{_SMALL}\s(?:there is|there's|there are|we are|he is|she is|i am|they are)\s(?:only|just|the only)\b(?-i:{_REST})",
    ),
    (
        "people there will know",
        rf"\b(?:people|neighbours|anyone|anybody|everyone|everybody|the whole village|half the village|locals|mums|parents)\s(?:(?:in|on|at|from|round|around|here)\s?(?:{_SMALL})?\s?)?(?:who\s[^.;!?\n]{{3,30}}\s)?(?:will|would|can|could|'ll|already)?\s?(?:all\s|already\s|soon\s)?(?:know|knows|recogni[sz]e|guess|work out)\s(?:it['’]?s us|us|me|him|her|who|this is|it is|which|whose|our)\b(?-i:{_REST})",
    ),
    (
        "the only one",
        rf"(?:\b(?:the|his|her|our|my|an?|is|am|are|was|we're|being|as)\s|^|(?<=[.!?]\s))(?:only|sole|one)\s(?:and only\s)?{_ADJECTIVES}{_SOMEBODY}\b(?=\s{_WHERE}\b)(?-i:{_REST})",
    ),
    (
        "the only person there",
        rf"\b(?:the|an?|is|am|are|was|we're)\s(?:only|sole)\s{_ADJECTIVES}{_ANYBODY}\b[^.;!?\n]{{0,40}}?\s{_PLACE}(?-i:(?:village|hamlet|street|road|close|estate|town|parish|county|district)\b|[A-Z][a-z]+ ?[A-Z]?)(?-i:{_REST})",
    ),
    (
        "only one of us",
        rf"\bonly (?:one|two|three|a handful|a few) (?:of (?:us|them)|{_ADJECTIVES}(?:{_SOMEBODY}|{_ANYBODY}))\s(?:like\s\w+\s)?{_PLACE}(?-i:{_SPOT})\b(?-i:{_REST})",
    ),
    (
        "no other",
        rf"\b(?:no|nobody|no one|no-one|not one|there (?:is|are)n['’]?t)\s(?:other|another|else|any other)\s{_ADJECTIVES}(?:(?:{_SOMEBODY}|{_ANYBODY})\s)?(?:\w+\s){{0,3}}?{_PLACE}(?-i:{_SPOT})\b(?-i:{_REST})",
    ),
    (
        "the first one",
        rf"\b(?:the|his|her)\s(?:first|last|youngest|oldest)\s(?:ever\s)?{_ADJECTIVES}{_SOMEBODY}\s(?:ever\s)?{_PLACE}(?-i:{_SPOT})\b(?-i:{_REST})",
    ),
    (
        "you will know who we are",
        r"\b(?:you(?:['’]ll| will| would|['’]d| can| probably| all|['’]ve| might| may| could| must| already)*\s(?:probably |easily |all |already |soon |surely |certainly |instantly |now )*"
        r"(?:know|guess|work out|recogni[sz]e|realise|tell|identify|figure out)\s(?:exactly |straight away |immediately )?(?:(?:who|which family|whose)\s(?:we|i|he|she|they|this|it|my|our|from)\b(?:\s(?:are|am|is|family|son|child|that is))?|us from\b)"
        r"|every(?:one|body)\s(?:here |(?:in|at|round|around) (?:the |our |this )?[\w ]{2,30}? )?(?:already |will |would )?(?:knows?|recogni[sz]es?)\s(?:who|us|me|him|her|our|which|exactly who)(?:\s(?:we|i|he|she)\s(?:are|am|is))?"
        r"|(?:we|i|he|she)(?:['’]re|['’]m|['’]d| am| are| is|['’]s| would be| will be)\s(?:easy|easily|not hard|instantly|well)\s(?:to\s)?(?:recogni[sz]ed?|identif(?:y|ied|iable)|spot(?:ted)?|known)"
        r"|(?:the|that) famil(?:y|ies)\s(?:that|who|from|whose)\s(?:was|were|went|ended up|had|won|got)?\s?[^.;!?\n]{0,50}?(?:paper|papers|news|telly|tv|radio|comet|advertiser|mercury|court|tribunal|ombudsman)\b)",
    ),
    (
        "in the news",
        r"\b(?:was|were|been|went|are|am|is|story|case|picture)\s(?:\w+\s){0,3}?(?:in|on)\s(?:the\s)?(?:local\s|front of the\s|national\s|front page of the\s)?"
        r"(?:(?:news)?paper|papers|news|telly|tv|radio|comet|advertiser|mercury|front page)\b(?-i:[^.;!?,\n]{0,60})",
    ),
    (
        "many at one birth",
        rf"\b(?:my|our|the|with|have|has|of|only)\s(?:[\w\-]{{1,20}}\s){{0,3}}?(?:twins?|triplets|quadruplets|quads)\b(?:\s[\w\-\[\]’']{{1,25}}){{0,8}}?\s{_PLACE}(?-i:(?!Year|Reception|Nursery|Key|KS)[A-Z][a-z]+|(?:village|hamlet|street|estate)\b)(?-i:{_REST})",
    ),
    (
        "who somebody is in one place",
        r"\b(?:i|we|my (?:husband|wife|partner|mum|dad))(?:['’]m|['’]re|\sam|\sare|\sis|\swas|\srun|\sruns)\s(?:the|a|an)?\s?(?:only\s)?(?:[\w\-]{1,15}\s){0,3}?"
        r"(?:vicar|postmistress|postman|post office|shop|butcher|baker|pub|landlord|landlady|councillor|mayor|mp|headteacher|head|chair of governors|"
        r"lollipop (?:lady|man)|gp|doctor|farmer|farm|imam|priest|rabbi|publican|chip shop|salon|caf[eé])\s(?-i:(?:in|at|of|for|on)\s(?:the\s)?(?:[A-Z]|village|our|this)[^.;!?,\n]{0,60})",
    ),
)
_PATTERNS = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _RULES)
_NOT_A_CLUE = re.compile(
    r"only one (?:of (?:us|them)|person|parent|child) (?:at a time|in the room|in five|in ten|per|each)"
    r"|only one who (?:can|could|knows?|understands?|listens?|gets?|likes?|loves?|helps?|believes?|cares?)\b"
    r"|only (?:child|one|girl|boy) in (?:the|our|my) (?:house|home|family|household)"
    r"|the (?:one|ones|mum|parent|child|person|people) (?:who|that) (?:has|have|had|does|do|did|deals?|pays?|gets?|always|never|must|should|will|needs?|makes?|fights?|knows?|falls?|slips?|suffers?|loses?|misses)\b"
    r"|only (?:\w+\s){1,3}in (?:this|that|the same) (?:position|situation|boat|mess)"
    r"|one (?:child|person|parent|of us|of them) (?:in|at|from) (?:five|ten|four|three|every|each|a|the family)",
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
