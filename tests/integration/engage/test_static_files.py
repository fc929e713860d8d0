import gzip
import re

from tests.pages import CheckedClient


def stylesheet(client: CheckedClient) -> str:
    found = re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/").get_data(as_text=True))
    assert found is not None
    return found[1]


def test_a_browser_keeps_the_style_sheet_until_it_changes(client: CheckedClient) -> None:
    address = stylesheet(client)
    assert re.search(r"\?v=[0-9a-f]{12}$", address)
    reply = client.get(address, buffered=True)
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    unmarked = client.get("/static/css/engage.css", buffered=True)
    assert "immutable" not in unmarked.headers.get("Cache-Control", "")


def test_the_style_sheet_travels_in_a_third_of_its_bytes(client: CheckedClient) -> None:
    address = stylesheet(client)
    plain = client.get(address, buffered=True)
    squeezed = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert gzip.decompress(squeezed.data) == plain.data
    assert len(squeezed.data) * 3 < len(plain.data)
    assert int(squeezed.headers["Content-Length"]) == len(squeezed.data)
    assert "Accept-Encoding" in squeezed.headers["Vary"]
