"""Receipt codes: how a person finds their answers again when no name was ever asked.

A code has 40 bits, written in Crockford's base 32 without letters that look like digits, and one
check character that catches a slip of the pen. Only a keyed hash of it is stored. The bits are
drawn from the response's random id by a keyed hash, so that pressing "send" twice shows the same
code although nobody, the database included, has kept it.
"""

import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "BEE"
RETURN_PREFIX = "COME"
EXAMPLE = "BEE-7K4Q-92XD-V"
LENGTH = 8
_LOOKALIKES = str.maketrans("OIL", "011")
_SEPARATORS = str.maketrans("", "", " -–—\t")  # noqa: RUF001  # people type all sorts of dashes


class CodeError(ValueError):
    """What was typed is not a receipt code; the message says what to look at."""


def make(response_id: str, *, secret: str, attempt: int = 0) -> str:
    """Return the code of a response, for example "BEE-7K4Q-92XD-V"."""
    drawn = _keyed(f"receipt code:{attempt}:{response_id}", secret)
    return spelled(int.from_bytes(drawn[:5], "big"))


def make_return(response_id: str, *, secret: str, attempt: int = 0) -> str:
    """Return the code to come back with before sending, for example "COME-7K4Q-92XD-V".

    It is drawn apart from the receipt code, so that neither gives the other away.
    """
    drawn = _keyed(f"return code:{attempt}:{response_id}", secret)
    return spelled(int.from_bytes(drawn[:5], "big"), RETURN_PREFIX)


def spelled(number: int, prefix: str = PREFIX) -> str:
    """Return a number of 40 bits as a code; the prefix says what it is a code of."""
    body = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{prefix}-{body[:4]}-{body[4:]}-{_check(body)}"


def parse(typed: str, prefix: str = PREFIX) -> str:
    """Return the code in its one spelling; raise CodeError when it cannot be one."""
    plain = typed.upper().translate(_SEPARATORS)
    if len(plain) > LENGTH + 1:
        plain = plain.removeprefix(prefix)
    plain = plain.translate(_LOOKALIKES)
    body, check = plain[:LENGTH], plain[LENGTH:]
    if len(plain) != LENGTH + 1 or any(character not in ALPHABET for character in plain):
        message = f"A code looks like {EXAMPLE.replace(PREFIX, prefix)}. Check what you typed."
        raise CodeError(message)
    if _check(body) != check:
        message = "One letter or number in this code is not right. Check what you typed."
        raise CodeError(message)
    return f"{prefix}-{body[:4]}-{body[4:]}-{check}"


def seal(code: str, *, secret: str) -> str:
    """Return the keyed hash that is stored instead of the code."""
    return _keyed(f"receipt:{code}", secret).hex()


def _check(body: str) -> str:
    """Return the Luhn mod 32 character: it catches one wrong character and most swapped pairs."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def _keyed(text: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), text.encode(), hashlib.sha256)
