"""Which coded answers never teach the machine, so that it can be measured on them."""

import hashlib

HELD_SHARE = 0.2
SEED = 2026


def is_held_back(answer: str, *, share: float = HELD_SHARE, seed: int = SEED) -> bool:
    """Tell whether a coded answer is kept from teaching; by its id, so it stays so for good."""
    digest = hashlib.sha256(f"{seed}:{answer}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * 2**64
