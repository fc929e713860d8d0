"""Safeguarding: every free text is read by a named person, in time, and what follows is logged.

Nothing about a case stands anywhere else. Other rooms learn from two tables of the surveys' own
whether words may be used: a hold keeps them out of everything, and only words marked as read
leave the desk in a cloud, a quote, an export or a published figure.
"""

from engage.safeguarding.models import (
    HOLD_FROM,
    SafeguardingDuty,
    SafeguardingItem,
    SafeguardingLog,
)
from engage.safeguarding.order import order_score
from engage.safeguarding.queue import (
    init_app,
    queue_artefact,
    queue_texts,
    queue_words,
    still_read,
    waiting,
    weigh_waiting,
)

__all__ = [
    "HOLD_FROM",
    "SafeguardingDuty",
    "SafeguardingItem",
    "SafeguardingLog",
    "init_app",
    "order_score",
    "queue_artefact",
    "queue_texts",
    "queue_words",
    "still_read",
    "waiting",
    "weigh_waiting",
]
