"""An attacker reads stored publications, version after version, and must find nobody.

Each example is a made-up consultation that is really composed and published three times: people
come late and take their answers back in between, themes overlap, entries unite several of them.
Everything that any version prints is read out of the stored documents, together with what is
certain about people, and goes to the linear program of `analysis.disclosure.attack`. Readers know
which sets of themes somebody can have raised, not which of them nobody did: that is printed
nowhere. Not to have raised something says nothing about anybody, so who is left of a base is not
protected. Of words they know that these are of approved themes, and in which clouds they could
stand: so every set of audiences that used a word, and who of a base did not, is a number too.
"""

import dataclasses
import itertools
import random
import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Attacker, Relation
from analysis.disclosure.programs import Limits
from analysis.models.store import ProposedCoding
from engage.settings import Settings
from reports.checks import rules
from reports.counting import wordcounts
from reports.documents.document import Document, from_json
from reports.documents.printed import ledger
from reports.models import Report
from reports.publishing import filing, services
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Plan

pytestmark = pytest.mark.usefixtures("every_cloud", "no_rules", "same_ids")
THRESHOLD, OF_CHILDREN, VERSIONS = 5, 10, 3
WORDS = ("basil", "cumin", "ginger", "lemon", "mint", "nutmeg", "saffron", "thyme")
USUAL, FULL = 1, 21


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody who answered: to what, how, which themes they raised and in which words."""

    audience: str
    channel: str
    themes: frozenset[str]
    words: frozenset[str]

    @property
    def exactly(self) -> str:
        """Name everybody of the audience who raised just these themes."""
        return exactly(self.themes, self.audience)


def exactly(themes: Iterable[str], audience: str) -> str:
    """Name everybody of an audience who raised just these themes."""
    return f"only {'+'.join(sorted(themes))}/{audience}"


def uses(word: str, codes: Collection[str], everywhere: Collection[str]) -> str:
    """Name everybody of some audiences who used a word, as a cloud of theirs would."""
    if len(codes) == len(everywhere):
        return f"word/{word}"
    return f"cloud/{'+'.join(codes)}/{word}"


@dataclasses.dataclass(frozen=True)
class Version:
    """One version: what it prints, and the people behind it."""

    number: int
    document: Document
    people: tuple[Person, ...]
    themes: tuple[str, ...]

    def groups(self) -> dict[str, int]:
        """Count the people of every number that can stand in the document or follow from it."""
        united = self.united()
        found = Counter({"responses/all": len(self.people)})
        for code in self.audiences():
            found.update(dict.fromkeys((f"{kind}/{code}" for kind in united), 0))
            found.update(dict.fromkeys((exactly(one, code) for one in self.sets()), 0))
            found[f"anyone/{code}"] = sum(bool(p.themes) for p in self.people if p.audience == code)
        for one in self.people:
            raised = (kind for kind, themes in united.items() if themes & one.themes)
            keys = [f"responses/{one.audience}", f"channel/{one.channel}", one.exactly]
            found.update([*keys, *(f"{kind}/{one.audience}" for kind in raised)])
        return found | self.spoken(found)

    def spoken(self, groups: Mapping[str, int]) -> dict[str, int]:
        """Count who used a word, and who of a base did not, for all audiences and any of them."""
        found = {}
        for word, codes in itertools.product(WORDS, self.together()):
            used = self.users(word, codes)
            found[uses(word, codes, self.audiences())] = len(used)
            if len(codes) == 1:
                base = groups[f"responses/{codes[0]}"]
                found[f"not {word}/{codes[0]}"] = base - len(used)
        return found

    def users(self, word: str, codes: Collection[str]) -> list[Person]:
        return [one for one in self.people if one.audience in codes and word in one.words]

    def together(self) -> list[tuple[str, ...]]:
        """Return every set of audiences."""
        codes = sorted(self.audiences())
        return [
            one for size in range(len(codes)) for one in itertools.combinations(codes, size + 1)
        ]

    def few(self) -> Iterator[str]:
        """Yield every number that is too small to be known; children need more for their words."""
        for key, number in self.groups().items():
            if 0 < number < THRESHOLD:
                yield key
        for word, codes in itertools.product(WORDS, self.together()):
            used = self.users(word, codes)
            adults = sum(one.audience != "young_person" for one in used)
            if adults < THRESHOLD and len(used) in range(adults + 1, OF_CHILDREN):
                yield uses(word, codes, self.audiences())

    def united(self) -> dict[str, set[str]]:
        """Return each theme and each entry with the themes that it unites."""
        themes = {f"theme/{one}": {one} for one in self.themes}
        return themes | {f"entry/{one.key}": set(one.theme_ids) for one in self.document.entries}

    def sets(self) -> Iterator[tuple[str, ...]]:
        """Yield every set of themes that somebody can have raised."""
        for size in range(len(self.themes) + 1):
            yield from itertools.combinations(self.themes, size)

    def audiences(self) -> set[str]:
        return {one.audience for one in self.people}

    def printed(self) -> dict[str, int]:
        """Return every number that this version prints as counted for it."""
        facts = ledger(self.document)
        return {f.key: f.value for f in facts if f.value is not None and not f.held}

    def said(self) -> Iterator[tuple[str, Limits]]:
        """Yield what this version says of each number that it does not show."""
        for fact in ledger(self.document):
            if fact.value is None:
                under = re.match(r"Fewer than (\d+) ", fact.wording)
                yield fact.key, (1, int(under[1]) - 1 if under else None)

    def relations(self) -> Iterator[Relation]:
        """Yield what anybody knows: who raised a theme is in one of the sets that hold it."""
        groups = self.groups()
        for start in ("responses/", "channel/"):
            parts = tuple(k for k in groups if k.startswith(start) and k != "responses/all")
            yield Relation("responses/all", parts)
        for code, (kind, themes) in itertools.product(self.audiences(), self.united().items()):
            parts = tuple(exactly(one, code) for one in self.sets() if themes & set(one))
            yield Relation(f"{kind}/{code}", parts)
            yield Relation(f"responses/{code}", (f"{kind}/{code}",), "inside")
        yield from self.said_of_words()

    def said_of_words(self) -> Iterator[Relation]:
        """Yield that each user of a word is in one audience, where they raised some theme."""
        everywhere = self.audiences()
        for code in everywhere:
            raised = tuple(exactly(one, code) for one in self.sets() if one)
            yield Relation(f"anyone/{code}", raised)
            yield Relation(f"anyone/{code}", tuple(f"cloud/{code}/{w}" for w in WORDS), "inside")
        for word, codes in itertools.product(WORDS, self.together()):
            if len(codes) > 1:
                parts = tuple(f"cloud/{code}/{word}" for code in codes)
                yield Relation(uses(word, codes, everywhere), parts)
            else:
                parts = (f"cloud/{codes[0]}/{word}", f"not {word}/{codes[0]}")
                yield Relation(f"responses/{codes[0]}", parts)


class Story:
    """A made-up consultation, published several times."""

    def __init__(self, session: Session, settings: Settings, seed: int) -> None:
        self.session, self.settings = session, settings
        self.chance = random.Random(seed)  # noqa: S311  # made-up people
        few = self.chance.choice([3, 8, 15])
        sizes = {"parent_carer": 30, "professional": self.chance.randint(12, 20)}
        self.plans = [self.plan(plan) for plan in made.THEMES[:3]]
        everybody = dataclasses.replace(made.UNREAD, people=dict.fromkeys(made.PEOPLE, 30))
        self.scenario = made.answered(
            session, people={**sizes, "young_person": few}, plans=[*self.plans, everybody]
        )
        self.words = self.said(random.Random(f"words {seed}"))  # noqa: S311  # made-up words
        self.report = self.written()

    def said(self, chance: random.Random) -> dict[str, frozenset[str]]:
        """Let everybody use words as likely as it is for their audience; return them by response.

        Some words nearly all use, some hardly anybody does.
        """
        likely = {
            (word, code): chance.choice([0, 0.05, 0.2, 0.5, 0.9, 1])
            for word, code in itertools.product(WORDS, made.PEOPLE)
        }
        found = {
            response.id: frozenset(w for w in WORDS if chance.random() < likely[w, code])
            for code, responses in self.scenario.responses.items()
            for response in responses
        }
        for coding in self.session.scalars(select(ProposedCoding)):
            coding.redacted_text = " ".join(sorted(found[coding.response_id]))
        self.session.flush()
        return found

    def plan(self, plan: Plan) -> Plan:
        people = {code: self.chance.choice([0, 2, 4, 7, 12, 20]) for code in made.PEOPLE}
        return dataclasses.replace(plan, people=people, first=self.chance.randint(0, 6))

    def written(self) -> Report:
        plan = self.scenario.consultation
        report = services.create_report(self.session, plan, actor="x", now=NOW)
        approved = [theme for theme in self.scenario.themes.values() if theme.approved_at]
        for place, pair in enumerate(itertools.combinations(approved, 2)):
            if self.chance.random() < 0.7:
                services.draft_entry(
                    self.session, report, list(pair), actor="x", now=NOW, key=f"pair-{place}"
                )
        self.session.expire(report)
        return made.reported(self.session, self.scenario)

    def publish(self) -> Version:
        """Publish, and remember who stood behind it."""
        publication = services.publish(
            self.session, self.report, settings=self.settings, actor="x", now=NOW
        )
        document = from_json(publication.document)
        themes = tuple(self.scenario.themes[plan.name].id for plan in self.plans)
        return Version(publication.version, document, tuple(self.people()), themes)

    def people(self) -> Iterator[Person]:
        for audience, responses in self.scenario.responses.items():
            for place, response in enumerate(responses):
                if response.withdrawn_at is None:
                    themes = self.raised(audience, place)
                    words = self.words[response.id] if themes else frozenset[str]()
                    yield Person(audience, response.channel, themes, words)

    def raised(self, audience: str, place: int) -> frozenset[str]:
        return frozenset(
            self.scenario.themes[plan.name].id
            for plan in self.plans
            if plan.first <= place < plan.first + plan.people[audience]
        )

    def come_and_go(self) -> None:
        """Let some take their answers back, and some be there as if they had come late."""
        for responses in self.scenario.responses.values():
            for response in self.chance.sample(responses, self.chance.randint(0, len(responses))):
                if self.chance.random() < 0.3:
                    response.withdrawn_at = NOW if response.withdrawn_at is None else None
        self.session.flush()


class Reader:
    """Somebody who holds every version and takes for granted that what is alike did not change."""

    def __init__(self, versions: list[Version]) -> None:
        self.truth: dict[str, int] = {}
        self.open: dict[str, int] = {}
        self.said: dict[str, Limits] = {}
        self.relations: set[Relation] = set()
        self.few: set[str] = set()
        for version in versions:
            groups = version.groups()
            self.few |= {self.name(key, groups) for key in version.few()}
            self.truth |= {self.name(key, groups): n for key, n in groups.items()}
            for key, value in version.printed().items():
                if key in groups:
                    assert groups[key] == value, f"{key} is printed as {value}"
                    self.open[self.name(key, groups)] = value
            for key, limits in version.said():
                if groups.get(key):
                    self.hear(self.name(key, groups), limits)
            for one in version.relations():
                parts = tuple(self.name(part, groups) for part in one.parts)
                self.relations.add(Relation(self.name(one.whole, groups), parts, one.kind))

    def name(self, key: str, groups: dict[str, int]) -> str:
        return f"{key} = {groups[key]}"

    def hear(self, name: str, limits: Limits) -> None:
        """Remember what is said of a number, beside what was said of it before."""
        mosts = [most for _, most in (limits, self.said.get(name, limits)) if most is not None]
        self.said[name] = (limits[0], min(mosts, default=None))

    def found_out(self) -> Iterator[str]:
        """Yield every small number that follows from what is printed."""
        latent = self.truth.keys() - self.open.keys()
        said = {name: limits for name, limits in self.said.items() if name in latent}
        attacker = Attacker(self.open, (), latent, tuple(self.relations), said=said)
        for name in sorted(latent & self.few):
            known = attacker.range_of(name)
            assert known.low <= self.truth[name] <= known.high
            if known.width < 1:
                yield name


PEOPLE = ("responses/", "wrote/", "channel/", "theme/", "entry/", "word/", "cloud/")


def subtracted(versions: list[Version]) -> Iterator[str]:
    """Yield every number that differs by few people between two versions that print it."""
    for old, new in itertools.combinations(versions, 2):
        before, after = old.printed(), new.printed()
        for key in before.keys() & after.keys():
            if key.startswith(PEOPLE) and 0 < abs(before[key] - after[key]) < THRESHOLD:
                yield f"{key}: {before[key]} and {after[key]}"


@pytest.fixture
def no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish whatever the words, and no files: both are tested elsewhere."""
    monkeypatch.setattr(rules, "blocks", lambda _: ())
    monkeypatch.setattr(filing, "everything", lambda *_: [])


@pytest.fixture
def every_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print a cloud however few its words are: they are made up to be near to small numbers."""
    monkeypatch.setattr(wordcounts, "SMALLEST_CLOUD", 1)


@pytest.fixture
def same_ids(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Give the same identifiers each time, so that what is found can be found again."""
    chance = random.Random(seed)  # noqa: S311  # of nobody
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=chance.getrandbits(128)))


def leaks(session: Session, settings: Settings, seed: int) -> list[str]:
    """Publish a made-up consultation three times and return everything a reader finds out."""
    story = Story(session, settings, seed)
    versions = []
    for _ in range(VERSIONS):
        versions.append(story.publish())
        story.come_and_go()
    small = [
        f"{fact.key} is shown as {fact.value}"
        for version in versions
        for fact in ledger(version.document)
        if fact.key.startswith(PEOPLE) and fact.value in range(1, THRESHOLD)
    ]
    return [*small, *subtracted(versions), *Reader(versions).found_out()]


@pytest.mark.parametrize("seed", range(USUAL))
def test_nobody_is_found_in_stored_publications(
    session: Session, settings: Settings, seed: int
) -> None:
    assert leaks(session, settings, seed) == []


@pytest.mark.full
@pytest.mark.no_cover  # the usual publications cover every line
@pytest.mark.one_database
@pytest.mark.parametrize("seed", range(USUAL, USUAL + FULL))
def test_nobody_is_found_in_many_stored_publications(
    session: Session, settings: Settings, seed: int
) -> None:
    assert leaks(session, settings, seed) == []
