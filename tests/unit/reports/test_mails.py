"""What a mail says and what it is made of: valid, plain, the same in both versions."""

import dataclasses
import datetime as dt
import re
from typing import Any

import html5lib
import pytest
from flask import Flask

from engage.mail import Message
from engage.settings import Settings
from reports.loop import mails
from reports.words import plaintext
from surveys.questions import EDITION_FACTS, LANGUAGES
from surveys.services import FORMATS
from tests import published

MILESTONES = ("published", "6_months", "12_months")
HOME = "https://engage.example.org"


def occasion(**changes: Any) -> mails.Occasion:
    found = mails.Occasion(
        document=published.DOCUMENT,
        milestone="published",
        home=HOME,
        contact="help@example.org or 01234 567890",
        organisation="Example partnership",
        delete_on=dt.date(2027, 4, 6),
        today=published.DAY,
        checked=frozenset(LANGUAGES),
    )
    return dataclasses.replace(found, **changes)


def mail(app: Flask, wanted: str = "standard", **changes: Any) -> Message:
    with app.app_context():
        return mails.write(occasion(**changes), to="a@example.org", wanted=wanted, token="t0k3n")


@pytest.mark.parametrize("milestone", MILESTONES)
def test_every_mail_is_valid_html_that_fetches_nothing(app: Flask, milestone: str) -> None:
    for wanted in FORMATS:
        found = mail(app, wanted, milestone=milestone)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        root = parser.parse(found.html)
        facts = [one for one in EDITION_FACTS.values() if one.language == root.get("lang")]
        assert root.get("dir") == facts[0].direction
        assert root.get("lang") == found.language
        tags = [element.tag for element in root.iter() if isinstance(element.tag, str)]
        assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
        assert not set(tags) & {"img", "script", "link", "iframe", "form", "table"}
        assert not re.search(r"url\(|@import|src=", found.html), (
            "no picture, no counting of readers"
        )
        assert re.sub(r"\s+", " ", str(root.findtext(".//h1"))).strip() == found.subject
        order = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
        assert order == [1, *[2] * (len(order) - 1)]
        links = list(root.iter("a"))
        assert all("".join(link.itertext()).strip() for link in links), "a link says where it leads"


@pytest.mark.parametrize("wanted", FORMATS)
def test_the_text_says_what_the_page_says(app: Flask, wanted: str) -> None:
    found = mail(app, wanted)
    root = html5lib.parse(found.html, namespaceHTMLElements=False)
    flat = " ".join(found.text.split())
    for element in (one for name in ("h1", "h2", "p", "li") for one in root.iter(name)):
        said = " ".join("".join(element.itertext()).split())
        link = element.find("a")
        assert said in flat
        if link is not None:
            assert f"{said}: {link.get('href')}" in flat
    assert "<" not in found.text
    assert "&" not in found.text
    assert f"{HOME}/no-more-messages/t0k3n" in found.text
    assert found.stop.startswith(f"{HOME}/no-more-messages/t0k3n")


def test_a_mail_in_a_language_holds_no_english_sentence(app: Flask) -> None:
    for wanted in LANGUAGES:
        for milestone in MILESTONES:
            found = mail(app, wanted, milestone=milestone)
            assert found.subject != mails.SUBJECT
            for english in (" the ", "You ", "We ", " your "):
                assert english not in found.text, f"{wanted}: {found.text}"
            assert f"?edition={wanted}" in found.stop


def test_a_language_that_nobody_checked_is_told_in_english_with_how_to_ask(app: Flask) -> None:
    found = mail(app, "pl", checked=frozenset())
    assert (found.subject, found.language) == (mails.SUBJECT, "en-GB")
    assert "We do not have a checked text in the language you asked for." in found.text


def test_words_of_the_document_cannot_become_markup(app: Flask) -> None:
    cover = dataclasses.replace(published.DOCUMENT.cover, consultation="<b>SEND & co</b>")
    document = dataclasses.replace(
        published.DOCUMENT, cover=cover, summary="Help <script>\n\nSecond & last."
    )
    found = mail(app, document=document)
    assert "<script>" not in found.html
    assert "Help <script>" in found.text
    assert "“<b>SEND & co</b>”" in found.text
    assert "Second & last." in found.text


def test_the_status_line_counts_every_answer_and_what_is_late(app: Flask) -> None:
    on_time, late = mail(app).text, mail(app, today=dt.date(2026, 12, 1)).text
    assert "There are 2 answers. Done: 1. We can't do this: 1." in on_time
    assert "Late" not in on_time
    assert "Late: 2." in late


def test_an_invented_report_says_so_in_its_mail(app: Flask) -> None:
    cover = dataclasses.replace(published.DOCUMENT.cover, is_demo=True)
    document = dataclasses.replace(published.DOCUMENT, cover=cover)
    assert "invented" in mail(app, document=document).text.splitlines()[0].lower()


def test_links_lead_to_this_machine_only_while_nobody_has_given_an_address() -> None:
    assert mails.home_of(Settings()) == mails.ON_THIS_MACHINE
    assert mails.home_of(Settings(public_url=f"{HOME}/")) == HOME


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>A</h1><p>B <b>c</b></p>", "A\n\nB c\n"),
        ("<p><a href='/x'>Go</a></p>", "Go: /x\n"),
        ("<ul><li>a</li><li>b &amp; c</li></ul>", "- a\n- b & c\n"),
        ("<title>no</title><style>p {}</style><p></p>", "\n"),
    ],
)
def test_a_page_becomes_plain_text(html: str, text: str) -> None:
    assert plaintext.of(html) == text
