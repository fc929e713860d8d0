# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""How people speak about a thing: praise, complaint, both, a wish or a question.

A list of words and patterns that anybody can read, so that a person can see why a comment was
counted as it was. It is a first sorting for the reader, never a measure of how satisfied people
are; how often it is right is measured in benchmarks/preparing.py.
"""

import re
from typing import Literal

Stance = Literal["positive", "negative", "mixed", "suggestion", "question", "unclear"]
STANCES: dict[Stance, str] = {
    "positive": "Praise",
    "negative": "Complaint",
    "mixed": "Praise and complaint",
    "suggestion": "Wish or suggestion",
    "question": "Question",
    "unclear": "Not clear",
}

_GOOD_TEXT = """
good great brilliant excellent amazing lovely wonderful fantastic helpful supportive kind kindly
caring patient friendly welcoming happy happier happily loves nice loved liked enjoy enjoys
enjoyed enjoying thank thanks grateful praise easy calm calmer safe safely relaxed proud
confident settled settles thrives thriving thrived understanding understands understood listens
listened reassuring reassured outstanding superb perfect pleased laugh laughed laughs smile
smiles smiled smooth smoothly cheerful magic thoughtful improved progress succeeded success warm
comfortable faultless respectful respected appreciated appreciate appreciates hooray favourite
godsend lifeline blessing transformed flourishing flourished gentle trusted
"""
_GOOD = frozenset(_GOOD_TEXT.split())
_BAD_TEXT = """
bad poor awful terrible horrible worst worse appalling shocking dreadful useless hopeless late
delay delayed delays waited waits ignored ignore ignores refused refuse refuses refusal lost
lose cancelled closed shortage lack lacking lacks missing missed stuck struggle struggles
struggling struggled fight fighting fought battle exhausted exhausting exhaustion tired stress
stressed stressful anxious anxiety worry worried worrying scared scary afraid frightened upset
sad cry cried crying angry frustrated frustrating frustration confusing confused unclear
complicated difficult harder impossible failed fail fails failing failure wrong broken breaks
unfair unsafe bullied bullying bully shouting shout shouted noisy loud crowded hurts hurt lonely
isolated excluded exclusion suspended rude dismissed dismissive blamed blame judged barrier
barriers problem problems tribunal appeal threshold thresholds backlog overwhelmed underfunded
understaffed untrained unqualified inconsistent inadequate insufficient disappointing
disappointed hate hated boring expensive rejected bounced chasing chase silence unanswered
vanished disappeared nightmare crisis breakdown meltdown meltdowns pointless shambles joke
wasted waste
"""
_BAD = frozenset(_BAD_TEXT.split())
_TURNS_TEXT = """
not no never don't doesn't didn't isn't wasn't aren't weren't can't cannot won't wouldn't hasn't
haven't hadn't couldn't shouldn't nobody hardly without dont doesnt didnt isnt wasnt arent cant
wont hasnt havent less
"""
_TURNS = frozenset(_TURNS_TEXT.split())
REACH = 3
"""A word that says "not" turns the judgement of the next three words."""

_GOOD_PHRASES = re.compile(
    r"\b(?:i|he|she|they|we) (?:really )?(?:likes?|loves?)\b|\bmy favourite|\bthe best\b|"
    r"\b(?:works?|went|goes|going|doing|worked|copes|does|did|runs) (?:really |very |so )?well\b|"
    r"\bfor the first time\b|\bso much (?:easier|better)\b|\bnot once\b|"
    r"\b(?:cannot|can'?t|couldn'?t) fault|\bnothing (?:\w+ ){0,2}could have (?:been )?done better|"
    r"\bmade (?:all the|a) (?:real |big |huge )?difference|\b(?:much|far|got|getting) better\b|"
    r"\bno (?:complaints?|problems?|issues|faults?)\b|\bnothing (?:was |is )?(?:wrong|bad)\b|"
    r"\b(?:could ?n'?t|could not|can'?t|cannot) (?:be|have been|ask for|have asked for) "
    r"(?:any )?(?:better|improved|more)\b",
    re.IGNORECASE,
)
_BAD_PHRASES = re.compile(
    r"\b(?:no ?-?one|nobody|no-one) (?:\w+ )?(?:knows|told|tells|listens|rang|rings|answers|"
    r"replies|came|comes|helps|asks|asked|cares|will|could|can|would|has|said|says)\b|"
    r"\bnever (?:\w+ )?(?:heard|got|get|rang|ring|answer|reply|told|came|come|once|asked|listen)|"
    r"\bno (?:help|support|reply|answer|places?|plan|training|time|money|staff|contact)\b|"
    r"\bnot enough\b|\btoo (?:loud|busy|long|late|few|little|many|slow|big|small|hard|far|noisy)|"
    r"\blong wait|\bwaiting (?:for|list|lists|times?|since|over|nearly|more)\b|\bstill waiting|"
    r"\b(?:months|years|weeks) (?:later|on|of waiting|without)\b|\bgave up\b|\bgiven up\b|"
    r"\bfall(?:s|ing)? apart\b|\bfell through\b|\bagain and again\b|\bpassed around\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:should|ought to|needs? to be|need (?:more|better|a|an|some|to)|we need|they need|"
    r"would (?:like|love|help|be (?:good|great|nice|better|helpful))|(?:i|we)'?d (?:like|love)|"
    r"i want|we want|i wish|if only|please|could (?:you|we|there|they)|can (?:we|you|there) |"
    r"why (?:not|can't|cant|don't)|how about|it would|let (?:us|me|him|her|them|children|young|"
    r"people|parents|families)|i(?:'d| would) settle for|must|there needs|wants? (?:more|a))\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^\W*(?:please |just |also |maybe |and |to )*(?:give|make|stop|bring|train|provide|put|keep|"
    r"get|tell|ask|let|listen|fund|pay|employ|publish|send|have|build|open|offer|add|allow|reduce|"
    r"teach|use|include|check|hire|ensure|create|improve|communicate|answer|reply|spell|share|show|"
    r"start|treat|believe|talk|meet|invite|look|deal|set|write|ring|call|speed|sort|fix|simplify|"
    r"explain|recruit|invest|support|help|run|plan|join|remember|do|don't|dont|no more|more|less|"
    r"fewer|longer|shorter|bigger|smaller|quieter|earlier|better|proper|another|one )\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:^|[.!?;,]\s+|\b(?:and|but|so)\s+)(?:who|what|when|where|why|how|which|is|are|was|do|does|"
    r"did|can|could|will|would|should|has|have)\b[^.!?]*\?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAMES_A_THING = re.compile(
    r"\b(?:short|half-term|overnight) breaks?\b|\beasy[ -](?:read|words?|language)\b|"
    r"\b(?:safe|calm|quiet) (?:room|space|place|corner|area)s?\b|\bin progress\b|"
    r"\b(?:what|some|any|this|that|which|every|one|of a|same) kinds?\b|\bkinds? of\b|"
    r"\b(?:a|the|each|every|another|per|one|of|as|for|other|this|by|between) patient\b|"
    r"\bpatient (?:care|transport|records?|experience|notes|safety|information|is|was|has|needs)\b|"
    r"\bsounds? (?:lovely|great|good|nice|wonderful|fantastic|brilliant)\b|"
    r"\b(?:good|great) (?:stuff|deal|many)\b|\bmissing from\b|"
    r"\b(?:my|our|your|his|her|their) problems?\b|\b(?:difficult|hard|worrying) times?\b|"
    r"\b(?:pandemic|covid|mental health) crisis\b|\bcrisis (?:team|line|house|support)\b|"
    r"\bno (?:long |real )?(?:waits?|waiting|delays?|queues?)\b",
    re.IGNORECASE,
)
"""Words that judge elsewhere and here name a service, a person or a promise: they judge nothing."""

_NO_AND_THEN = re.compile(
    r"^\W*(?:no|nope)(?:[,.;:!]+\s+|\s+(?=(?:everything|everyone|everybody|all)\b))", re.IGNORECASE
)
"""An answer to "should anything change?" turns nothing of what follows it."""

_PRAISES = re.compile(
    r"\b(?:can'?t|cannot|can not|couldn'?t|could not) (?:thank\b|(?:praise|rate|recommend)\b"
    r"(?=[^.!?]{0,60}\b(?:enough|highly)\b))|"
    r"\b(?:couldn'?t|could not) (?:have )?(?:be|been|do|done|had) "
    r"(?:any )?(?:better|nicer|kinder)\b|"
    r"\b(?:couldn'?t|could not) have (?:asked|wished) for (?:anything )?(?:better|nicer|more)\b|"
    r"\b(?:nothing|(?:don'?t|not) (?:think|believe) (?:there is |there'?s )?any(?:thing|one))"
    r" (?:\S+ ){0,4}(?:could|can) (?:be |do |have |been |done ){1,3}(?:any )?better\b",
    re.IGNORECASE,
)
"""Ways of praising with a word that says "not"."""

_GOOD_PICTURES = frozenset("😀😃😄😁😊🙂👍❤💛💚💙😍🥰🎉⭐☺")
_BAD_PICTURES = frozenset("😡😠😢😭😞😟☹🙁😖😣👎😰😨💔")


HAPPY = (
    "I am happy with this and it works well.",
    "This is really good and has helped my child a lot.",
    "The staff were kind and listened to us.",
    "It went better than I hoped.",
    "My child loves it and feels safe there.",
    "I am grateful for the support we got.",
)
UNHAPPY = (
    "I am unhappy with this and it does not work.",
    "Nobody helped us and we had to fight for everything.",
    "We have been waiting far too long and nobody tells us anything.",
    "My child was let down and is not coping.",
    "There is no support and we are exhausted.",
    "It is confusing, unfair and a waste of time.",
)
"""Sentences that stand for praise and complaint where a comment has no word of the lists."""

LEAN = 0.05
"""So much nearer to one side than to the other a comment must be to be counted with it."""

FEWEST_WORDS = 3
"""Of "the bus" or "nothing" no model can tell whether it praises: one or two words lean nowhere."""


def of(text: str, lean: float = 0.0) -> Stance:
    """Return how a comment speaks, by what it says first of all.

    Args:
        text: the comment.
        lean: how much nearer it is to HAPPY than to UNHAPPY sentences, as a difference of cosines.

    Judgements in both directions are "mixed". A wish without praise is a suggestion, because
    asking for more is not the same as complaining; a question is one only if it says no more.
    Where the words say nothing, its meaning as a whole decides if it leans clearly to one side.
    """
    good, bad = judgements(text)
    if good and bad:
        return "mixed" if min(good, bad) * 3 >= max(good, bad) else _stronger(good, bad)
    wishes = bool(_WISH.search(text) or _ORDER.search(text))
    if _ASKS.search(text) and not (good or wishes):
        return "question"
    if wishes and not good and bad < 2:  # noqa: PLR2004  # two complaints outweigh one wish
        return "suggestion"
    if not good and not bad and abs(lean) >= LEAN and len(text.split()) >= FEWEST_WORDS:
        return "positive" if lean > 0 else "negative"
    return _stronger(good, bad)


def judgements(text: str) -> tuple[int, int]:
    """Return how many words praise and how many complain.

    "Not" turns praise into complaint. It does not turn complaint into praise: who writes "not
    delayed enough" or "staff who are not scared" has not said that anything is good.
    """
    text = _NO_AND_THEN.sub("", _NAMES_A_THING.sub(" ", text.replace("’", "'")))
    text, good = _PRAISES.subn(" ", text)
    good += sum(character in _GOOD_PICTURES for character in text)
    bad = sum(character in _BAD_PICTURES for character in text)
    good += len(_GOOD_PHRASES.findall(text))
    bad += len(_BAD_PHRASES.findall(text))
    words = [word.lower() for word in _WORD.findall(text)]
    for place, word in enumerate(words):
        turned = not _TURNS.isdisjoint(words[max(0, place - REACH) : place])
        good += word in _GOOD and not turned
        bad += word in (_GOOD if turned else _BAD)
    return good, bad


def _stronger(good: int, bad: int) -> Stance:
    if good == bad:
        return "unclear"
    return "positive" if good > bad else "negative"
