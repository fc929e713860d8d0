# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""What happened to somebody and was talked about: news, misfortunes, deeds, births."""

from analysis.redaction.localwords import MANY, NEWS, OUR, REST, WE

RULES = (
    (
        "seen in the news",
        (
            r"\b(?:seen|saw|watched|read about|heard|remember)\s(?:us|me|him|her|them"
            rf"|{OUR})\s{NEWS}{REST}"
        ),
    ),
    (
        "was in the news",
        (
            rf"\b(?:{WE}|story|picture|face|photo|name|case|fight|campaign)(?:['’]s|['’]ve"
            r"|\s(?:was|were|is|are|has|have|made|went|got|been))"
            rf"\s(?:been\s|all\s|even\s|once\s)*{NEWS}{REST}"
        ),
    ),
    (
        "a misfortune that was talked about",
        (
            rf"\b(?:{WE}\s(?:was|were|got|had been)\s(?:airlifted|murdered|drowned|stabbed|shot"
            r"|kidnapped|run over|knocked down|killed)\b"
            rf"|{WE}\s(?:lost|had)\s(?:his|her|my|both|a|an|their)\s(?:\w+\s)?(?:legs?|arms?"
            r"|hands?|sight|foot|eye)\b(?:\samputated)?"
            "|(?:died|killed|drowned|burnt|burned|injured"
            rf"|hurt)\s(?:\w+\s){{0,3}}?in\sthe\s(?:\w+\s)?(?:crash|fire|accident|flood|explosion"
            r"|pile-up|attack)\b"
            r"|(?:house|home|flat|barn|shop|caravan)\s(?:was\s)?(?:burn(?:ed|t)\s(?:down|out)"
            r"|flooded|exploded|collapsed)\b"
            "|(?:shooting|murder|drowning|stabbing|kidnapping|killing"
            rf"|hanging)\sof\s{OUR}\b){REST}"
        ),
    ),
    (
        "a deed that was talked about",
        (
            rf"\b{WE}\s(?:(?:\w+\s)?won\s(?:(?:gold|silver|bronze)\b|(?:the|a|our|his"
            r"|her)\s(?:\w+\s)?(?:case|county|national|regional|world|british|english|junior"
            "|paralympic|medal|award|cup|race|final))"
            r"|(?:started|set up|founded|organi[sz]ed|launched)\s(?:the|a"
            rf"|our)\s(?:\w+\s){{0,3}}?(?:petition|campaign|charity|march|protest|group|caf[eé]"
            "|club)"
            r"|(?:cycled|walked|ran|swam|rowed|climbed|hiked|rode)\s(?:to|from|the|across|round"
            r"|up)\s(?:the\s)?(?-i:[A-Z])"
            "|(?:plays?|played|swims?|swam|runs?|ran|boxes|rides|rode|competes?|competed|bats"
            r"|bowls)\sfor\s(?:the\s)?(?:county|england|wales|britain|gb|great britain|team gb|uk"
            "|country)"
            r"|(?:spoke|speak|sang|stood up)\s(?:at|in)\sthe\s(?:\w+\s)?(?:council|cabinet"
            "|parliament|town hall|conference|cathedral)"
            rf"|(?:chained|glued|tied)\s(?:our|my|him|her|them)\w*){REST}"
        ),
    ),
    (
        "many at once",
        (
            r"\b(?:(?:two|three|four|both)\ssets\sof\stwins|(?:my|our|of|have|has|had|with|are"
            rf"|identical|his|her|the)\s(?:\w+\s){{0,3}}?(?:triplets|quadruplets|quads|quins"
            rf"|quintuplets))\b{REST}"
            r"|\b(?:foster|fostered|adopted|adopt|have|has|with|of"
            rf"|raised?)\s(?:\w+\s)?{MANY}\s(?:\w+\s)?(?:adopted|fostered?|deaf|blind|disabled"
            rf"|autistic|brothers|sisters|siblings)\b{REST}"
            r"|\b(?:we are|we['’]re|as|has|have|being)\s(?:the\s)?(?:only\s)?two\s(?:gay\s)?"
            rf"(?:mums|dads|mothers|fathers|mams)\b{REST}"
        ),
    ),
    (
        "what became of somebody",
        (
            rf"\b(?:{OUR}|he|she)\s(?:went missing|drowned|was found|disappeared|died (?:on|at"
            "|in) (?:the|a)|collapsed (?:at|on|in)|was born in (?:the|a)|captains?"
            rf"|was (?:the )?captain|was (?:the )?mascot|conducts|coaches)\b{REST}"
        ),
    ),
    (
        "what befell a place",
        (
            rf"\b{WE}\s(?:moved|came|fled|arrived|escaped)\s[^.,;!?\n]{{0,30}}?\b(?:after"
            r"|because of|in|since)\sthe\s(?:flood|war|fire|earthquake|invasion|coup|hurricane"
            rf"|siege|eruption)s?\b{REST}"
        ),
    ),
)
