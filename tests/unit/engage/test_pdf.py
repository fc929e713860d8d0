import io
from pathlib import Path

import page
import pypdf
import pytest

from engage import pdf, resources

WHOLE = '<html lang="en-GB"><head><title>Report</title></head><body><h1>Report</h1>{}</body></html>'
NO_TEXT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_a_proper_document_passes_pdf_ua(tmp_path: Path) -> None:
    table = (
        "<table><caption>People</caption><tr><th scope='col'>Who</th><th scope='col'>How many</th>"
        "</tr><tr><th scope='row'>Parents</th><td>12</td></tr></table>"
    )
    picture = "<svg width='9' height='9'><title>A bar</title><rect width='9' height='9'/></svg>"
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.to_pdf(WHOLE.format(f"<p>Words</p>{table}{picture}")))
    verdict = page.validate_pdf(str(file), profile=page.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant


def test_the_open_font_is_inside() -> None:
    made = pdf.to_pdf(WHOLE.format("<p style='font-family: \"Source Sans Pro\"'>Words</p>"))
    fonts = pypdf.PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/Font"]
    names = [str(font.get_object()["/BaseFont"]) for font in fonts.values()]
    assert any("Source-Sans-Pro" in name or "SourceSansPro" in name for name in names)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<html><head><title>x</title></head><body><h1>x</h1></body></html>", "lang"),
        (WHOLE.format(f"<img src='data:image/svg+xml,{NO_TEXT}'>"), "alt"),
    ],
)  # fmt: skip
def test_what_weasyprint_only_logs_is_an_error_here(html: str, said: str) -> None:
    with pytest.raises(pdf.PdfError, match=said):
        pdf.to_pdf(html)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.png", "http://127.0.0.1:9/x.png", "file:///etc/hostname", "ftp://a/b"],
)
def test_nothing_outside_the_installation_is_read(address: str) -> None:
    with pytest.raises(pdf.PdfError, match="not part of Engage"):
        pdf.to_pdf(WHOLE.format(f"<img alt='x' src='{address}'>"))


def test_static_files_may_be_read() -> None:
    folders = (resources.static().resolve(),)
    inside = (resources.static() / "css" / "engage.css").resolve().as_uri()
    assert pdf._is_local(inside, folders)  # noqa: SLF001  # the rule itself
    assert not pdf._is_local(inside.replace("/css/", "/../../"), folders)  # noqa: SLF001


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\N{BUS}", "[bus]"),
        ("\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}", "[waving hand sign]"),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", "[heavy black heart]"),
        ("é\N{RIGHT SINGLE QUOTATION MARK}©", "é\N{RIGHT SINGLE QUOTATION MARK}©"),
        ("\N{ARABIC LETTER TEHEH}", "\N{ARABIC LETTER TEHEH}"),
    ],
)
def test_signs_without_a_shape_are_said_by_name(sign: str, said: str) -> None:
    assert pdf.in_words(f"<p>{sign}</p>") == f"<p>{said}</p>"


TAMIL, CHINESE, BENGALI = "தமிழ் பள்ளி", "我的孩子,很好。", "আমার"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (CHINESE, "[Chinese letters that this font does not have]"),
        (TAMIL, "[Tamil letters that this font does not have]"),
        (
            f"{TAMIL} {BENGALI}",
            f"[Tamil {pdf.LETTERS}] [Bengali {pdf.LETTERS}]",
        ),
        (f"School {BENGALI}.", "School [Bengali letters that this font does not have]."),
        ("Szkoła, школа, اسکول, école\u200d", "Szkoła, школа, اسکول, école\u200d"),
    ],
)
def test_letters_of_no_font_are_said_by_whose_they_are(words: str, said: str) -> None:
    assert pdf.in_words(f"<p>{words}</p>") == f"<p>{said}</p>"


@pytest.mark.parametrize("words", [TAMIL, CHINESE, BENGALI, "ਸਕੂਲ ગુજરાતી हिन्दी 日本語 한국어 ไทย"])
def test_words_in_any_writing_pass_pdf_ua(words: str, tmp_path: Path) -> None:
    file = tmp_path / "words.pdf"
    heading = f"<h2>{words}</h2><p><strong>{words}</strong> ({words})</p>"
    file.write_bytes(pdf.to_pdf(WHOLE.format(heading)))
    verdict = page.validate_pdf(str(file), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in verdict.failures] == []
    text = " ".join(pypdf.PdfReader(file).pages[0].extract_text().split())
    assert "letters that this font does not have]" in text
    assert "What they wrote is kept" in text


def test_words_with_emoji_pass_pdf_ua(tmp_path: Path) -> None:
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{GIRL} \N{REGIONAL INDICATOR SYMBOL LETTER G}"
    words = f"<p>I take the \N{BUS}\N{VARIATION SELECTOR-16} {family} \N{SNOWMAN} \ue000</p>"
    file = tmp_path / "words.pdf"
    file.write_bytes(pdf.to_pdf(WHOLE.format(words)))
    verdict = page.validate_pdf(str(file), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in verdict.failures] == []
    assert "[bus]" in pypdf.PdfReader(file).pages[0].extract_text()
