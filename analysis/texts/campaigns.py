"""Find texts that many people sent in the same words, in time that grows with their number only.

Shared text is counted twice: how many sent it, and once for what it says. What somebody added in
their own words is taken out of it and analysed by itself. The machine only proposes groups; a
person says whether one is a campaign. Short common answers ("more funding for schools") and what
was said in one facilitated session are never proposed.
"""

import hashlib
import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.texts.documents import Document, is_addition, plain, word_spans
from analysis.texts.resemblance import RUN, Shingles, alike, jaccard, shingles

FEWEST_WORDS = 8
"""Shorter texts repeat by chance: every "more clubs" is somebody's own answer."""

COVERED = 0.8
"""A text belongs to a group when it holds at least this share of the shared runs of words."""

SMALLEST_GROUP = 3
"""Two who share their words may be one family; three or more are for a person to look at."""

BRIDGE = 3
"""So few shared words between two additions do not part them."""


@dataclass(frozen=True)
class Copy:
    """One text of a group.

    Attributes:
        document_id: which answer.
        identical: nothing but the shared words, in any case and punctuation.
        likeness: Jaccard similarity of its runs of words to the shared ones, 0 to 1.
        additions: its own words, the longest run of them first as they stand in the text.
    """

    document_id: str
    identical: bool
    likeness: float
    additions: tuple[str, ...]


@dataclass(frozen=True)
class CopyGroup:
    """Texts that share their words, as the machine proposes them.

    Attributes:
        key: names the group; the same for the same shared words, and that of the campaign when a
            person has confirmed one of its texts before.
        shared: the words that more than half of its texts share.
        copies: its texts in canonical order.
    """

    key: str
    shared: str
    copies: tuple[Copy, ...]


def groups(documents: Sequence[Document], texts: Sequence[str]) -> tuple[CopyGroup, ...]:
    """Propose groups of texts that share their words, the largest first.

    Args:
        documents: in canonical order.
        texts: their redacted words, so that another child's name makes no other text.
    """
    rows = _rows_by_words(documents, texts)
    forms = list(rows)
    prints = shingles(forms)
    sizes = [len(rows[form]) for form in forms]
    found = [m for m in alike(prints) if sum(sizes[form] for form in m) >= SMALLEST_GROUP]
    bodies = [_body(prints, forms, rows, members) for members in found]
    kept = [body for body in bodies if len(body.shared) >= FEWEST_WORDS - 2]
    members = _members(prints, kept)
    made = [
        _group(body, [row for form in own for row in rows[forms[form]]], documents, texts)
        for body, own in zip(kept, members, strict=True)
    ]
    real = [group for group in made if len(group.copies) >= SMALLEST_GROUP]
    return tuple(sorted(real, key=lambda group: (-len(group.copies), group.key)))


def joining(
    documents: Sequence[Document], texts: Sequence[str], known: Mapping[str, str]
) -> dict[str, tuple[Copy, ...]]:
    """Return for each known group the texts that came later and hold its words, by its key.

    Args:
        documents: that came later, in canonical order.
        texts: their redacted words.
        known: the shared words of each group.
    """
    bodies = {key: _Body(runs(words), "") for key, words in sorted(known.items())}
    found: dict[str, list[int]] = defaultdict(list)
    for form, rows in _rows_by_words(documents, texts).items():
        own = runs(form)
        fitting = [
            (len(own & body.shared) / len(body.shared), key)
            for key, body in bodies.items()
            if body.shared
        ]
        share, key = max(fitting, default=(0.0, ""))
        if share >= COVERED:
            found[key].extend(rows)
    return {
        key: tuple(_copy(documents[row].id, texts[row], bodies[key]) for row in sorted(rows))
        for key, rows in sorted(found.items())
    }


@dataclass(frozen=True)
class _Body:
    """The shared words of one group: its runs, and the text that holds most of them."""

    shared: frozenset[int]
    exemplar: str


def _rows_by_words(documents: Sequence[Document], texts: Sequence[str]) -> dict[str, list[int]]:
    """Return the rows of each distinct text that is long enough and may be a copy."""
    rows: dict[str, list[int]] = {}
    for row, (document, text) in enumerate(zip(documents, texts, strict=True)):
        if document.held or document.off_topic or document.own_words or document.session:
            continue
        words = plain(text)
        if words.count(" ") >= FEWEST_WORDS - 1:
            rows.setdefault(words, []).append(row)
    return rows


def _body(
    prints: Shingles, forms: Sequence[str], rows: dict[str, list[int]], members: Sequence[int]
) -> _Body:
    """Return the runs of words that more than half of the texts share."""
    weight = {form: len(rows[forms[form]]) for form in members}
    counts: Counter[int] = Counter()
    for form in members:
        counts.update(dict.fromkeys(prints.of(form), weight[form]))
    most = sum(weight.values())
    shared = frozenset(run for run, count in counts.items() if 2 * count > most)
    best = max(members, key=lambda form: (jaccard(prints.of(form), shared), -form))
    return _Body(shared, forms[best])


def _members(prints: Shingles, bodies: Sequence[_Body]) -> list[list[int]]:
    """Return for each group the texts that hold most of its runs, whatever else they say."""
    owners: dict[int, list[int]] = defaultdict(list)
    for number, body in enumerate(bodies):
        for run in body.shared:
            owners[run].append(number)
    found: list[list[int]] = [[] for _ in bodies]
    for form in prints.holding(owners):
        hits: Counter[int] = Counter()
        for run in prints.of(form):
            hits.update(owners.get(run, ()))
        fitting = [(hits[n] / len(bodies[n].shared), -n) for n in hits]
        share, number = max(fitting, default=(0.0, 0))
        if share >= COVERED:
            found[-number].append(form)
    return found


def _group(
    body: _Body, rows: Sequence[int], documents: Sequence[Document], texts: Sequence[str]
) -> CopyGroup:
    copies = tuple(_copy(documents[row].id, texts[row], body) for row in sorted(rows))
    shown = next((texts[row] for row in sorted(rows) if plain(texts[row]) == body.exemplar), "")
    shared = " ".join(part for part, added in marked(shown, body.shared) if not added).strip()
    known = Counter(documents[row].campaign for row in rows if documents[row].campaign)
    fresh = hashlib.sha256(plain(shared).encode()).hexdigest()[:16]
    key = min(known, key=lambda name: (-known[name], name)) if known else fresh
    return CopyGroup(key, shared, copies)


def _copy(document_id: str, text: str, body: _Body) -> Copy:
    added = tuple(part.strip() for part, own in marked(text, body.shared) if own)
    own = runs(text)
    return Copy(document_id, own == body.shared, round(jaccard(own, body.shared), 4), added)


def runs(text: str) -> frozenset[int]:
    """Return the runs of three words of one text."""
    return shingles([plain(text)]).of(0)


def marked(text: str, shared: frozenset[int]) -> list[tuple[str, bool]]:
    """Cut a text where shared and own words meet: (words, whether they are the writer's own).

    A word is shared when a shared run of words goes through it. Joined with spaces the parts
    give the text back, gaps aside.
    """
    starts = [start for start, _ in word_spans(text)]
    own = [True] * len(starts)
    for place, run in enumerate(shingles([plain(text)]).sequence(0)):
        if run in shared:
            own[place : place + RUN] = [False] * len(own[place : place + RUN])
    turns = [place for place in range(1, len(own)) if own[place] != own[place - 1]]
    cuts = [0, *(starts[place] for place in turns), len(text)]
    kinds = [own[place] for place in (0, *turns)] if own else [True]
    pieces = [text[start:end].strip() for start, end in itertools.pairwise(cuts)]
    return _bridged(list(zip(pieces, kinds, strict=True)))


def _bridged(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Let two additions with hardly a shared word between them be one."""
    joined: list[tuple[str, bool]] = []
    for place, (words, own) in enumerate(parts):
        between = 0 < place < len(parts) - 1 and len(words.split()) <= BRIDGE
        own_now = own or between
        if joined and joined[-1][1] == own_now:
            joined[-1] = (f"{joined[-1][0]} {words}", own_now)
        else:
            joined.append((words, own_now))
    return joined


def additions(text: str, shared: str) -> str:
    """Return what somebody added to shared words, in their order, or "" for gaps filled in."""
    known = runs(shared)
    own = [part for part, added in marked(text, known) if added]
    return "\n".join(part for part in own if is_addition(part))


@dataclass(frozen=True)
class Settled:
    """Confirmed campaigns applied: what is left to analyse.

    Attributes:
        texts: for each document the words to analyse; of a copy with own words only those.
        copies: rows whose words another row stands for.
    """

    texts: list[str]
    copies: frozenset[int]


def settle(documents: Sequence[Document], texts: Sequence[str]) -> Settled:
    """Apply what people confirmed: shared text is analysed once, additions by themselves."""
    members: dict[str, list[int]] = defaultdict(list)
    for row, document in enumerate(documents):
        if document.campaign and not (document.held or document.off_topic):
            members[document.campaign].append(row)
    left, copies = list(texts), set[int]()
    for _, rows in sorted(members.items()):
        first, shared = _stands_for(rows, texts)
        for row in rows:
            if row == first:
                continue
            left[row] = additions(texts[row], shared)
            if not left[row]:
                left[row] = texts[row]
                copies.add(row)
    return Settled(left, frozenset(copies))


def _stands_for(rows: Sequence[int], texts: Sequence[str]) -> tuple[int, str]:
    """Return the row analysed for all, and its words: the commonest text, the shortest of these."""
    counts = Counter(plain(texts[row]) for row in rows)
    best = min(counts, key=lambda words: (-counts[words], len(words), words))
    first = next(row for row in rows if plain(texts[row]) == best)
    return first, texts[first]
