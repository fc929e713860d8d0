"""A page is light enough for an old phone: few requests, few bytes, one small script."""

import pytest
from playwright.sync_api import Response

from tests.journeys.visitors import NewVisitor, Visitor

KILOBYTE = 1_000
REDIRECTS = range(300, 400)


def weigh(visitor: Visitor, path: str) -> tuple[int, int, int]:
    """Return requests, bytes over the wire, and requests for scripts of a first visit."""
    seen: list[Response] = []

    def note(response: Response) -> None:
        seen.append(response)

    visitor.page.on("response", note)
    visitor.page.goto(visitor.home + path, wait_until="networkidle")
    whole = [response for response in seen if response.status not in REDIRECTS]
    sizes = [response.request.sizes() for response in whole]
    size = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    scripts = [one for one in whole if one.request.resource_type == "script"]
    return len(whole), size, len(scripts)


@pytest.mark.parametrize(
    ("survey", "page", "most_requests", "most_kilobytes"),
    [
        ("parent-carers", "", 4, 25),
        ("parent-carers", "q/district", 4, 25),
        ("young-people", "q/safe", 6, 45),
        ("young-people", "q/matters-most", 6, 45),
    ],
)
def test_a_respondents_page_is_light(
    new_visitor: NewVisitor, survey: str, page: str, most_requests: int, most_kilobytes: int
) -> None:
    begun = new_visitor()
    begun.page.goto(f"{begun.home}/s/{survey}/")
    begun.click(begun.page.get_by_role("button", name="Yes", exact=True))
    fresh = new_visitor()
    fresh.page.context.add_cookies(begun.page.context.cookies())  # type: ignore[arg-type]  # as they came
    requests, size, scripts = weigh(fresh, f"/s/{survey}/{page}")
    assert requests <= most_requests
    assert size <= most_kilobytes * KILOBYTE
    assert scripts <= 1
