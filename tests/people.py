"""People who use Engage, as tests act them: a sentence of a test is an act of a person."""

import dataclasses

from werkzeug.test import TestResponse

from tests.factories import PASSWORD
from tests.pages import CheckedClient


@dataclasses.dataclass
class Staff:
    """Somebody with an account at a screen of their own."""

    client: CheckedClient
    email: str

    def signs_in(self, password: str = PASSWORD, page: str = "/desk/sign-in") -> TestResponse:
        """Type address and password into the sign-in page."""
        return self.client.send(page, {"email": self.email, "password": password})

    def signs_out(self) -> TestResponse:
        """Press the button that every desk page has."""
        return self.client.send("/desk/sign-out", page="/desk/")

    def opens(self, address: str) -> TestResponse:
        """Load a page."""
        return self.client.get(address)
