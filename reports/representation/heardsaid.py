"""Writing what may be shown about who was heard: profiles, maps and who is missing."""

from collections.abc import Iterable, Sequence

from engage import taxonomy
from reports.counting import figures
from reports.counting.counted import Shown
from reports.representation import baselines as known
from reports.representation import comparing, equalityprofile, maps, profile, reach
from reports.representation.baselines import PopulationBaseline
from reports.representation.comparing import SIZE_WORDS
from reports.representation.gathered import TITLES, Gathered, Tallied
from reports.representation.heardparts import Cloud, Heard, Place, PlaceMap, Profile
from reports.words import wording
from reports.words.easylines import EasyLine
from reports.words.facts import Fact
from surveys.breakdowns import ANSWERED, UNSAID

PLACES = "districts"
EASY_FEWER = EasyLine("We need to hear more about this:", "missing")
MOST_EASY = 3


def presented(found: Gathered, shown: Shown, clouds: Sequence[Cloud] = ()) -> Heard:
    """Write what may be shown."""
    profiles = (
        *(_profile(one, shown, found.baselines) for one in found.tallies if _is_due(one, found)),
        *equalityprofile.presented(found.tables, shown, found.baselines),
    )
    places = tuple(
        _map(one, shown) for one in found.tallies if one.asked.list_name == PLACES and one.answered
    )
    rows = reach.rows((code for code, n in found.answered.items() if n), shown, found.baselines)
    used = {key for row in rows for key in row.baselines}
    return Heard(
        reach=rows,
        contacts=reach.contacts(found.totals, found.threshold),
        profiles=profiles,
        maps=places,
        clouds=tuple(clouds),
        missing=(*_no_audience(found), *_of_profiles(profiles), *_of_places(places)),
        easy=_easy(found, shown, profiles),
        baselines=reach.printed(
            one for one in found.baselines if one.key in used or one.group_list
        ),
        limits=comparing.LIMITS if any(one.is_compared for one in profiles) else "",
    )


def _is_due(one: Tallied, found: Gathered) -> bool:
    """Tell whether a question gets a profile: districts only beside figures, else the map does."""
    name = one.asked.list_name
    is_told = name != PLACES or bool(known.of_groups(found.baselines, name))
    return is_told and one.answered > 0


def _profile(one: Tallied, shown: Shown, baselines: Iterable[PopulationBaseline]) -> Profile:
    asked = one.asked
    about = wording.audience(asked.audience)
    start = f"profile/{asked.questionnaire}/{asked.question}/{asked.audience}"
    groups = tuple(
        profile.Group(line.option, line.label, shown.value(asked.key(line.option)))
        for line in asked.lines
    )
    title = f"{TITLES[asked.list_name]}: {about}"
    if not any(group.people for group in groups):
        return profile.not_shown(start, title, asked.text, about)
    made = profile.Asked(
        key=start, title=title, question=asked.text, about=about, audience=asked.audience,
        code=asked.question, groups=groups, base=shown.value(asked.key(ANSWERED)),
    )  # fmt: skip
    return profile.profile(made, known.of_groups(baselines, asked.list_name))


def _map(one: Tallied, shown: Shown) -> PlaceMap:
    asked, tiles = one.asked, maps.arrangement()
    name = wording.audience(asked.audience)
    base = shown.value(asked.key(ANSWERED))
    start = f"place/{asked.questionnaire}/{asked.question}/{asked.audience}"
    lines = [(line.option, line.label) for line in asked.lines]
    places: list[Place] = []
    others: list[Place] = []
    for code, label in [*lines, (UNSAID, "Did not say")]:
        of = None if code == UNSAID else base
        fact = _fact(one, f"{start}/{code}", label, (code, shown.value(asked.key(code)), of))
        tile = tiles.get(code)
        row, column = (tile.row, tile.column) if tile else (-1, -1)
        place = Place(code, label, tile.short if tile else label, row, column, fact)
        (places if tile else others).append(place)
    return PlaceMap(
        key=start,
        audience=asked.audience,
        label=f"{name[0].upper()}{name[1:]}",
        question=asked.text,
        base=_fact(one, f"{start}/{ANSWERED}", "a district", (ANSWERED, base, None)),
        places=tuple(places),
        others=tuple(others),
    )


def _fact(one: Tallied, key: str, label: str, counted: tuple[str, int | None, int | None]) -> Fact:
    """Make the fact of one place from its code, its people and how many they are out of."""
    code, people, base = counted
    audience = one.asked.audience
    if people is None:
        text = wording.not_shown(audience)
    else:
        number = "None" if people == 0 else wording.number(people)
        of = f" of {wording.number(base)}" if base is not None else ""
        did = "did not name a district" if code == UNSAID else f"named {label}"
        text = f"{number}{of} {wording.audience(audience, base or people)} {did}"
    return Fact(
        key=key, value=people, base=None if people is None else base, wording=text,
        shorthand="[c]" if people is None else None, audience=audience,
        question=one.asked.question, option=code,
    )  # fmt: skip


def _no_audience(found: Gathered) -> tuple[Fact, ...]:
    nobody = [code for code, n in found.answered.items() if not n]
    return tuple(
        figures.whole(f"missing/audience/{code}", 0, f"No {wording.audience(code)} answered.")
        for code in wording.in_order(nobody)
    )


def _of_profiles(profiles: Iterable[Profile]) -> tuple[Fact, ...]:
    return tuple(fact for one in profiles for fact in profile.missing(one))


def _of_places(places: Iterable[PlaceMap]) -> tuple[Fact, ...]:
    """Return a sentence for each map with districts that nobody named, or that are not shown."""
    found = []
    for one in places:
        about = wording.audience(one.audience)
        nobody = [place.label for place in one.places if place.fact.value == 0]
        hidden = [place.label for place in one.places if place.fact.value is None]
        if nobody:
            text = f"None of the {about} named {wording.join(nobody)}."
            found.append(Fact(f"missing/{one.key}/nobody", 0, one.base.value, text))
        if hidden:
            text = (
                f"How many {about} named {wording.join(hidden)} is not shown: too few, or close"
                " to a number that is too small."
            )
            found.append(Fact(f"missing/{one.key}/hidden", None, None, text, "[c]"))
    return tuple(found)


def _easy(found: Gathered, shown: Shown, profiles: Iterable[Profile]) -> tuple[EasyLine, ...]:
    lines = []
    for code in wording.in_order(code for code, n in found.answered.items() if n):
        n = shown.value(f"responses/{code}")
        if n is not None:
            term = taxonomy.term("audiences", code, found.on)
            text = f"{wording.number(n)} {wording.easy_audience(code, n)} answered us."
            lines.append(EasyLine(text, term.picture if term else "group"))
    return (*lines, *_easy_fewer(found, profiles))


def _easy_fewer(found: Gathered, profiles: Iterable[Profile]) -> tuple[EasyLine, ...]:
    """Name the groups under their share in easy words, where a list has words for them."""
    by_name = {one.asked.question: one.asked.list_name for one in found.tallies}
    terms = []
    for one in profiles:
        for group in one.groups:
            name = by_name.get(group.fact.question or "")
            if name and group.compared == SIZE_WORDS["fewer"]:
                terms.append(taxonomy.term(name, group.code, found.on))
    named = [EasyLine(f"{term.easy_label.rstrip('.')}.", term.picture) for term in terms if term]
    return (EASY_FEWER, *named[:MOST_EASY]) if named else ()
