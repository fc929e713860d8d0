"""Words that local readers want to see early. They set the order of reading and nothing else."""

import dataclasses
import re


@dataclasses.dataclass(frozen=True)
class Rule:
    """A group of words with the name that readers see, and how grave they can be (1 to 4)."""

    name: str
    weight: int
    pattern: re.Pattern[str]


def _rule(name: str, weight: int, *parts: str) -> Rule:
    return Rule(name, weight, re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE))


_ONE = "(?:me|him|her|us|them|my|his|their)"
_SELF = "(?:my|him|her|them|your)sel\\w+"
RULES: tuple[Rule, ...] = (
    _rule(
        "words about taking one's life", 4,
        r"suicid\w*", rf"kill {_SELF}", r"end (?:my|it|his|her) (?:life|all)", r"ending it",
        r"want(?:s|ed)? to die", r"better off (?:dead|without)", r"overdos\w*",
        r"(?:not|n't|nt) (?:want to )?(?:be|wake up) (?:here|alive|any ?more)", r"goodbye notes?",
        r"not waking up", r"never (?:been|wake|come back)", r"without (?:me|her|him)",
        r"here (?:on|any ?more)",
    ),
    _rule(
        "words about hurting oneself", 4,
        r"self[- ]?harm\w*", rf"(?:cut|cuts|cutting|hurt|hurts|hurting|burn|burns|harm\w*) {_SELF}",
        r"marks on (?:her|his|my) (?:wrists?|arms?)", r"cutting (?:her|his|my|helps)", r"ligature",
    ),
    _rule(
        "words about sexual harm", 4,
        r"rap(?:e|ed|ing)", r"molest\w*", r"groom(?:ed|ing)", r"sexual\w*", r"nudes?", r"naked",
        r"touch(?:es|ed|ing)? (?:me|her|him|my|himself)", r"private parts", r"inappropriate\w*",
        r"underwear", r"trousers down", r"our secret",
    ),
    _rule(
        "words about being hit or hurt", 3,
        rf"(?:hit|hits|hitting|beat\w*|punch\w*|kick\w*|slap\w*|smack\w*|chok\w*|grab\w*|pinch\w*)"
        rf" (?:{_ONE}|a|another|more|the)", r"strangl\w*",
        r"by (?:the|my|his|her) (?:throat|neck|hair)",
        r"hurts? me", r"bruis\w*", r"black eye", r"the belt", r"broken (?:arm|ribs?)", r"abus\w*",
        r"burn(?:t|ed)?", r"drag(?:s|ged) (?:me|him|her|my|a)", r"thr(?:ew|ows?) (?:me|him|her)",
        r"dad hits", r"shak(?:es|en|ing)? (?:the|my|him|her)", r"shook (?:him|her|me)",
    ),
    _rule(
        "words about being held or shut in", 2,
        r"restrain\w*", r"lock(?:s|ed) (?:me|him|her|in|my|the fridge)", r"pinned", r"tied",
        r"face down", r"held (?:me|him|her) (?:down|under)", r"strapped", r"in (?:a|the) cupboard",
        r"couldn'?t breathe",
    ),
    _rule(
        "words about fear or not being safe", 2,
        r"(?:not|n't|nt) (?:feel )?safe", r"scared (?:at|to|all|of (?:him|her|my|the))",
        r"frightened (?:of|to)", r"afraid of", r"(?:don'?t|do not) tell", r"nobody believes",
        r"threaten\w*", r"find(?:s)? out", r"hid(?:e|ing) (?:in|from)", r"a secret",
    ),
    _rule(
        "words about neglect", 2,
        r"neglect\w*", r"starv\w*", r"no food", r"left alone", r"on (?:my|her|his) own all",
        r"soiled", r"always hungry", r"hungry", r"not been seen",
    ),
    _rule(
        "words about violence or weapons", 2,
        r"kniv?f?es?", r"stabb\w*", r"gun", r"weapon", r"assault\w*", r"violen\w*", r"attack\w*",
        r"kill (?:me|us|him|her|them)", r"murder\w*",
    ),
    _rule(
        "words about drink, drugs or being used", 1,
        r"drunk", r"drinks?", r"drinking", r"drugs?", r"needles", r"county lines", r"cuckoo\w*",
        r"missing (?:from|since|for)", r"r[au]n(?:s|ning)? away", r"two phones", r"owe them",
    ),
    _rule(
        "words about bullying", 1,
        r"bull(?:y|ied|ies|ying)", r"beat me up", r"spat on", r"hate crime", r"picked on",
    ),
)  # fmt: skip


def found(text: str) -> tuple[Rule, ...]:
    """Return the rules whose words stand in a text, the gravest first."""
    hits = (rule for rule in RULES if rule.pattern.search(text))
    return tuple(sorted(hits, key=lambda rule: -rule.weight))


def weight(text: str) -> int:
    """Return how grave the gravest rule found is: 0 to 4. Nothing found does not mean safe."""
    return max((rule.weight for rule in found(text)), default=0)
