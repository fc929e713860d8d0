"""The check digit of an NHS number, so that a phone number or a price is not mistaken for one."""

LENGTH = 10
MODULUS = 11


def is_nhs_number(text: str) -> bool:
    """Tell whether the ten digits in the text satisfy the modulus 11 check."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) != LENGTH or len(set(digits)) == 1:
        return False
    total = sum(
        digit * weight for digit, weight in zip(digits[:-1], range(LENGTH, 1, -1), strict=True)
    )
    return (MODULUS - total % MODULUS) % MODULUS == digits[-1]
