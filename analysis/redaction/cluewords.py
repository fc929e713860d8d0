# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Pieces of the patterns of clues: who may be the only one, and where that is small."""

ANYBODY = (
    "(?:one|ones|person|people|adult|teacher|governor|ta|man|woman|him|her|us|case|house"
    "|home|parents?|carers?|mum|mother|dad|father)"
)
SOMEBODY = (
    r"(?:child|children|boy|boys|girl|girls|lad|kid|kids|famil(?:y|ies)|pupils?|students?|learner|"
    r"couple|household|twins?|triplets?|wheelchair[ -]users?|users?|foster\s\w+|"
    r"teenagers?|teen|young\s\w+|siblings?|sons?|daughters?|brothers?|sisters?|grandparents?|"
    r"grandmother|grandfather|widow(?:er)?|foster carers?|adopters?|guardian|speakers?|"
    r"signer|toddler|baby|set|pair|adoptive\s\w+|traveller|refugees?|asylum|signers?)"
)
REST = (
    r"[^.;!?\n]{0,110}?(?=[.;!?\n]|,\s(?:I|we|he|she|they|it|you|this|that|nobody)\b"
    r"|,?\s(?:so|but|because|which|and (?:we|I|i|he|she|they|the|it|nobody|no|there))\b"
    "|$)"
)
ADJECTIVES = r"(?:[\w\-’']{1,20}\s){0,4}?"
WHERE = (
    "(?:in|at|on|from|with|who|whose|that|here|there|using|under|living|for miles"
    "|to have|to use|of|locally|around|for|left|they['’]ve|they|anyone|ever|we know"
    "|i know|else)"
)
PLACE = (
    r"(?:in|at|from|on|around|of|near)\s(?:the|our|my|this|his|her|their|all of|whole"
    r"|a)?\s?(?:entire\s|whole\s|small\s|tiny\s|little\s|same\s)?"
)
SPOT = (
    "(?:villages?|hamlet|street|road|close|estate|town|parish|class|school|year|county"
    "|district|area|primary|[A-Z][a-z]+)"
)

STRANGE = r"(?-i:[A-Z][a-z]+(?:[ \-](?:[A-Z][a-z]+|le|on|the|upon|under|in|of)){0,3})"
SMALL = (
    r"(?:(?:the|our|my|this|a|same)\s(?:\w+\s)?(?:village|hamlet|street|road|close|lane"
    f"|estate|cul-de-sac|parish)|{STRANGE})"
)
