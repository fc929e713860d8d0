# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Suggest a plain name for a theme out of people's own words.

"Waiting a long time for a diagnosis", not "waiting, diagnosis, years": a piece of one of the most
central clauses, cut where a person would cut it, without "we have been" before it and "at the
moment" after it. The shape of a torn-out sentence ("website had the unit") speaks against a name.
Nothing is made up; a name nobody wrote is never suggested. A person gives the real one.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from analysis.engine.labels import root
from analysis.language.stopwords import STOP_WORDS

FEWEST_WORDS, MOST_WORDS = 2, 9
BEST_LENGTH = range(4, 8)
CANDIDATES = 6

_PART = re.compile(
    r"[,.;:!?()\[\]\"“”\n]+|\s[-–—]+\s|\b(?:but|because|although|which|who|that|so)\b"
)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

_MAY_OPEN_TEXT = """
more less fewer better no not never too being getting having keeping making going coming feeling
finding knowing taking giving telling nobody nothing every all different
"""
_MAY_OPEN = frozenset(_MAY_OPEN_TEXT.split())
"""Small words that a name may start with; any word that carries meaning may as well."""

_OPENERS_CUT_TEXT = """
want wants wanted need needs needed feel feels felt think thinks thought like love hope hoping
trying tried help please keep kept got get gets make makes made
"""
_OPENERS_CUT = frozenset(_OPENERS_CUT_TEXT.split())
"""Verbs that say who speaks rather than what about; a name does not start with them."""

_PERSONAL_TEXT = """
i me my we us our you your he him his she her they them their it
"""
_CONTRACTED_TEXT = """
i'm i've he's she's they're they've we've you're you've
"""
_WITHOUT_MARK = frozenset(_CONTRACTED_TEXT.replace("'", "").split())
_PERSONAL = frozenset(_PERSONAL_TEXT.split()) | _WITHOUT_MARK
"""A name is about everybody: words for one person, "she'd" and "im" too, count against it."""

_FINITE_TEXT = """
is are was were am be been has have had do does did can could will would shall should may might must
said say says told tells went goes go came comes sounds seems means
"""
_NEGATED_TEXT = """
don't doesn't didn't isn't wasn't aren't weren't won't wouldn't can't couldn't hasn't haven't hadn't
"""
_FINITE = frozenset(
    [*_FINITE_TEXT.split(), *_NEGATED_TEXT.replace("'", "").split(), *_WITHOUT_MARK]
)
"""Verbs that make a run of words a piece of a sentence rather than the name of something."""

_GOES_ON_TEXT = """
looked after,looking after,look after,listened to,listening to,listen to,talk to,talking to,
talked to,speak to,spoken to,spoke to,cared for,waiting for,waited for,wait for,sorted out,
turned up,backed up,signed off,passed around,shouted at,let down,cut off,left out
"""
_GOES_ON = frozenset(tuple(pair.split()) for pair in _GOES_ON_TEXT.replace("\n", "").split(","))
"""Verbs with the little word that belongs to them: "well looked" without "after" says nothing."""

_CUT_SHORT = frozenset(["regarding", "concerning", "including", "prevent", "ensure", "during"])
"""Words after which a name would stop in the middle."""

_DENIES_TEXT = """
no not never without nobody none hardly cannot lack lacking less dont didnt doesnt wasnt isnt arent
"""
_DENIES = frozenset(_DENIES_TEXT.split())
_BETWEEN = frozenset(
    ["enough", "any", "a", "an", "the", "much", "very", "of", "always", "be", "been"]
)
LOOKED_BACK = 3
"""So many words before a run can deny it; a name cut off behind them would say the opposite."""

_DETERMINERS = frozenset(["the", "a", "an", "this", "that", "these", "those", "any", "some"])
_ASKING = frozenset(["what", "where", "when", "how", "why", "if", "than", "until", "while"])
"""Words that open a sentence within a sentence: cut off before its end, it says nothing."""

_COUNTED_TEXT = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
times monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
fridays saturdays sundays january february march april june july august september october november
december yesterday
"""
_COUNTED = frozenset(_COUNTED_TEXT.split())
"""Numbers and dates in words: they tell what befell one family, not what many speak of."""

_MASK = re.compile(r"\b[xX]{3,}\b")
"""What others put in the place of a name before the comments came here."""

TORN, REPEATED, COUNTED = 0.75, 0.8, 0.5
SHARED_BY, LEAST_SHARED = 0.15, 0.05
"""A name that says what the first share of the comments say stands for them all, a rarer one less,
and one that says what less than the second share say does not stand for them: it is no name."""


@dataclass(frozen=True)
class Candidate:
    """A piece of a clause that may name a theme.

    Attributes:
        words: as they were written, with a capital first.
        score: how much of what sets the theme apart it says, 0 to 1.
    """

    words: str
    score: float


def candidates(
    clauses: Sequence[str],
    key_terms: Sequence[str],
    spelling: Mapping[str, str],
    among: Sequence[str] = (),
) -> list[Candidate]:
    """Return the best pieces of central clauses, the best first; none when nothing fits.

    Args:
        clauses: redacted, the most central first.
        key_terms: of the theme, the most telling first.
        spelling: how words mostly written in capitals are written.
        among: every clause of the theme, to see how many of them a name would stand for; the
            central ones unless given.
    """
    weight = _weights(key_terms)
    said = [_roots(text) & weight.keys() for text in among or clauses]
    found: dict[str, float] = {}
    for place, clause in enumerate(clauses):
        for words in _pieces(clause):
            score = _score(words, weight) * _shape(words) * (1 - 0.5 * place / max(1, len(clauses)))
            score *= _stands_for(words, said)
            text = " ".join(words)
            found[text] = max(found.get(text, 0.0), score)
    ranked = sorted(found.items(), key=lambda item: (-round(item[1], 9), item[0]))
    best = [
        Candidate(_written(text, spelling), round(score, 4)) for text, score in ranked if score > 0
    ]
    return best[:CANDIDATES]


def _roots(text: str) -> set[str]:
    return {root(word) for word in _WORD.findall(text.lower().replace("’", "'"))}


def _stands_for(words: Sequence[str], said: Sequence[AbstractSet[str]]) -> float:
    """Return how far a name speaks for the clauses whose telling words are given, 0 to 1."""
    own = {root(word) for word in words}
    share = sum(not own.isdisjoint(one) for one in said) / max(1, len(said))
    return min(1.0, share / SHARED_BY) if share >= LEAST_SHARED else 0.0


def _weights(key_terms: Sequence[str]) -> dict[str, float]:
    """Return for each root of the key terms how telling it is."""
    weight: dict[str, float] = {}
    for place, term in enumerate(key_terms):
        for word in term.split():
            weight.setdefault(root(word), 1 / (place + 1.5))
    return weight


def _pieces(clause: str) -> list[list[str]]:
    """Return every run of words that could stand as a name."""
    found: list[list[str]] = []
    for part in _PART.split(_MASK.sub(",", clause)):
        words = _WORD.findall((part or "").lower().replace("’", "'"))
        for start, end in itertools.combinations(range(len(words) + 1), 2):
            if FEWEST_WORDS <= end - start <= MOST_WORDS and _stands(words, start, end):
                found.append(words[start:end])
    return found


def _stands(words: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a run starts and ends where a person would start and end it."""
    first, last = words[start], words[end - 1]
    opens = first in _MAY_OPEN or (first not in STOP_WORDS and first not in _OPENERS_CUT)
    whole = end == len(words) or words[end] in STOP_WORDS
    belongs = tuple(words[end - 2 : end]) in _GOES_ON
    goes_on = tuple(words[end - 1 : end + 1]) in _GOES_ON or last in _CUT_SHORT
    torn = start > 0 and words[start - 1] in {"very", "so", "really", "to", "too"}
    torn = torn or _is_denied(words[:start])
    cut_short = end < len(words) and not _ASKING.isdisjoint(words[start:end])
    ends = (last not in STOP_WORDS or belongs) and not goes_on
    return opens and ends and whole and not torn and not cut_short


def _is_denied(before: Sequence[str]) -> bool:
    """Tell whether what stands before a run denies it: "no complaints", "not enough good help"."""
    said = [word for word in before[-LOOKED_BACK:] if word not in _BETWEEN]
    return bool(said) and (said[-1] in _DENIES or said[-1].endswith("n't"))


def _score(words: Sequence[str], weight: Mapping[str, float]) -> float:
    said = {root(word) for word in words}
    telling = sum(weight.get(word, 0.0) for word in said)
    most = sum(sorted(weight.values(), reverse=True)[:4]) or 1.0
    hollow = sum(word.partition("'")[0] in _PERSONAL for word in words)
    off = max(BEST_LENGTH.start - len(words), len(words) - BEST_LENGTH.stop + 1, 0)
    action = 1.1 if words[0].endswith("ing") or words[0] in _MAY_OPEN else 1.0
    score: float = min(1.0, telling / most) * 0.75**hollow * 0.9**off * action
    return min(1.0, score)


def _shape(words: Sequence[str]) -> float:
    """Return how far a run of words looks like a name rather than a piece of a story, 0 to 1."""
    roots = [root(word) for word in words if word not in STOP_WORDS]
    torn = sum(word in _FINITE or _is_contracted(word) for word in words)
    torn += sum(
        after in _DETERMINERS and before not in STOP_WORDS and not before.endswith("ing")
        for before, after in itertools.pairwise(words)
    )
    numbers = sum(word[0].isdigit() or word in _COUNTED for word in words)
    twice = len(roots) - len(set(roots))
    shape: float = TORN**torn * REPEATED**twice * COUNTED**numbers
    return shape


def _is_contracted(word: str) -> bool:
    """Tell whether a word holds a verb, as "she'd" and "won't" do and "child's" does not."""
    head, mark, tail = word.partition("'")
    return bool(mark) and (head in _PERSONAL or tail in {"t", "ll", "ve", "re", "m"})


def _written(text: str, spelling: Mapping[str, str]) -> str:
    name = " ".join("I" if word == "i" else spelling.get(word, word) for word in text.split())
    return name[:1].upper() + name[1:]
