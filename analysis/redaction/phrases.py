# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Names that point at nobody here: people of stories and sayings, conditions, laws and brands."""

import re
from collections.abc import Sequence
from functools import cache

from analysis.redaction.words import Word

_STORIES = """
harry potter|hermione granger|ron weasley|peppa pig|peter pan|peter rabbit|mary poppins|
nanny mcphee|mr tumble|mr bean|mr men|
little miss|thomas the tank( engine)?|thomas and friends|bob the builder|postman pat|fireman sam|
paw patrol|
horrid henry|alice in wonderland|winnie the pooh|robin hood|father christmas|santa( claus)?|
mickey mouse|
minnie mouse|donald duck|doctor who|dr who|dr seuss|doctor dolittle|dr dolittle|jekyll and hyde|
jack and jill|humpty dumpty|
little red riding hood|snow white|spider-?man|batman|superman|super mario|mario kart|
sherlock holmes|james bond|
jack and the beanstalk|charlie and the chocolate factory|charlie bucket|willy wonka|oliver twist|
david walliams|
roald dahl|julia donaldson|jacqueline wilson|joe wicks|tracy beaker|horrible histories|
percy jackson|
greta thunberg|princess anne|king charles|the queen|prince harry|prince william|
florence nightingale|rosa parks|
albert einstein|anne frank|william shakespeare|shakespeare|mozart|buzz lightyear|toy story|
luke skywalker|
darth vader|darren's law|frozen|danny champion|matilda the musical|biff,? chip and kipper|
biff and chip|topsy and tim|
charlie and lola|wallace and gromit|shaun the sheep|ben and holly|hey duggee|bluey|
sonic( the hedgehog)?|
paddington( bear)?|romeo and juliet|cinderella|the gruffalo|elmer the elephant|goldilocks|
romesh ranganathan|ant [and&]+ dec|the lion king|lion king|percy pigs?|augustus gloop|
gordon the big engine|henry (the )?hoover
"""
_SAYINGS = r"""
tom,? dick [aond&]+ harry|bob['’]?s? your uncle|rob peter to pay paul|robbing peter to pay paul|
robs peter to pay paul|robbed peter to pay paul|jack of all trades|
keep up with the joneses|keeping up with the joneses|for pete['’]?s? sake|for the love of mike|
murphy['’]?s? law|
sod['’]?s? law|doubting thomas|happy as larry|even stevens?|jane bloggs|joe bloggs|fred bloggs|
joe public|
average joe|plain jane|heath robinson|hobson['’]?s? choice|pandora['’]?s? box|achilles['’]? heel|
uncle sam|
big brother|jack the lad|jack in the box|jack-in-the-box|nosey parker|nosy parker|good samaritan|
great scott|gordon bennett|peeping tom|simple simon|smart alec|hail mary|ed psych|ed psychs|
victoria sponge|the real mccoy|
parkinson['’]?s? law|before you could say jack robinson|every man jack|
mickey mouse|johnny come lately|moaning minnie|nervous nellie|negative nelly|debbie downer|
amazing grace|grace period|saving grace|will power|god willing|merry christmas|job lot|
up the jack|life of riley|darby and joan|robin reliant|father time|mother nature|old father time|
big ben|john lewis|marks [and&]+ spencers?|ben [and&]+ jerry['’]?s|victoria line|elizabeth line|
victoria station|wendy house|center parcs|nando['’]?s|tel(?=[.:]{0,2} ?[(+]{0,2}\d)|
mob(?=[.:]{0,2} ?[(+]{0,2}\d)|
"""
_KINDS_OF_THINGS = """
syndrome|syndromes|disease|disorder|palsy|law|act|heel|review|report|method|programme|program|
scheme|plan|
approach|inquiry|principle|principles|curriculum|test|scale|assessment|award|awards|
questionnaire|model
"""


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    """Return the phrases by their first word, so that few words are looked at closely."""
    found: dict[str, list[re.Pattern[str]]] = {}
    for said in (_STORIES + "|" + _SAYINGS).replace("\n", "").split("|"):
        if said:
            first = re.split(r"[^a-z]", said, maxsplit=1)[0]
            found.setdefault(first, []).append(re.compile(rf"{said}(?!\w)", re.IGNORECASE))
    return found


def stretches_of_nobody(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return (start, end) of every phrase that holds a name but speaks of nobody."""
    patterns = _patterns()
    return [
        match.span()
        for word in words
        for pattern in patterns.get(_FIRST.split(word.low, maxsplit=1)[0], ())
        if (match := pattern.match(text, word.start)) and not _is_a_pair(text, match)
    ]


_PAIR = re.compile(r"[^ ]+ (?:and|&) [^ ]+")


def _is_a_pair(text: str, match: re.Match[str]) -> bool:
    """Tell of "Ben and Holly" whether two children are meant, since they do something."""
    pair = _PAIR.fullmatch(match.group()) is not None
    return pair and match.group()[0].isupper() and _DO.match(text, match.end()) is not None


_DO = re.compile(r" (?:are|were|have|had|both|from|need|needed|do|did|wait|waited|share|in|at)\b")


_FIRST = re.compile(r"[^a-z]")
THINGS = frozenset(_KINDS_OF_THINGS.replace("\n", "").split("|"))
"""What a name belongs to when it is the name of a condition, a law or a method."""
