"""Mail by GOV.UK Notify: its own client, which is only imported where somebody chose it."""

import logging
from typing import Any

from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from requests import ConnectionError as NoConnectionError
from requests import ConnectTimeout

from engage.mail.message import (
    Message,
    NotNowError,
    RefusedError,
    UnsureError,
    one_line,
    plain_address,
)
from engage.mail_settings import MailSettings

NO_SERVICE = "GOV.UK Notify cannot be reached. Nothing was sent. Try again later."
NO_KEY = "GOV.UK Notify does not take the key. Check ENGAGE_MAIL_NOTIFY_KEY."
NO_TEMPLATE = "GOV.UK Notify does not take the template. It needs ((subject)) and ((body))."
TOO_MANY = "GOV.UK Notify takes no more messages for now. Try again later."
REFUSED = "GOV.UK Notify refused this address."
BROKE = "GOV.UK Notify did not say whether it took a message."
BAD, NOT_ALLOWED, LIMIT = 400, (401, 403), 429
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


class Notify:
    """Hands messages to GOV.UK Notify as the two fields of a template."""

    def __init__(self, mail: MailSettings) -> None:
        self._template = mail.notify_template
        client: Any = NotificationsAPIClient  # it ships no types
        self._client = client(mail.notify_key, base_url=mail.notify_url, timeout=mail.timeout)

    def send(self, message: Message) -> None:
        """Hand one message over; Notify makes the page from the text itself."""
        to, trouble = plain_address(message.to), None
        try:
            self._client.send_email_notification(
                email_address=to,
                template_id=self._template,
                personalisation={"subject": one_line(message.subject), "body": message.text},
                one_click_unsubscribe_url=message.stop or None,
            )
        except HTTPError as error:
            trouble = _meaning(error)
        if trouble is not None:
            raise trouble


def _meaning(error: HTTPError) -> RefusedError | NotNowError | UnsureError:
    """Say what Notify's answer means for the message; its own words may repeat an address."""
    cause, code = error.__cause__, error.status_code
    if getattr(cause, "response", None) is None:
        never_there = isinstance(cause, ConnectTimeout) or _not_connected(cause)
        return NotNowError(NO_SERVICE) if never_there else UnsureError(BROKE)
    if code in NOT_ALLOWED:
        return NotNowError(NO_KEY)
    if code == LIMIT:
        return NotNowError(TOO_MANY)
    if code == BAD:
        about_address = "email_address" in str(error.message)
        return RefusedError(REFUSED) if about_address else NotNowError(NO_TEMPLATE)
    return UnsureError(BROKE)


def _not_connected(cause: BaseException | None) -> bool:
    """Tell a connection that never was from one that broke in the middle."""
    return isinstance(cause, NoConnectionError) and "NewConnectionError" in repr(cause)
