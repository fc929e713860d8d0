"""The parts of a published document that say where its themes lie: shapes, and nobody's words."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class ThemePlace:
    """Where a theme's circle stands, in units of a square of SIZE; about nobody in it."""

    theme_id: str
    label: str
    x: int
    y: int
    radius: int


@dataclasses.dataclass(frozen=True, slots=True)
class ThemeMap:
    """Every circle in the order of its number, and how much two directions can show.

    Attributes:
        share: hundredths of all differences of meaning that the two directions show.
    """

    places: tuple[ThemePlace, ...]
    share: int
