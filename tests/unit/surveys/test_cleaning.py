"""A file that people send keeps what can be seen and heard, and loses everything else."""

import contextlib
import io
import math
import struct
import wave
import zlib
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from surveys import cleaning
from surveys.cleaning import Clean
from surveys.questions import AnswerError

SECRET = "Watford 51.65 -0.40"  # a place that must not come along
GPS, MAKE, TURNED = 0x8825, 0x010F, 0x0112


def photo(size: tuple[int, int] = (80, 40), kind: str = "JPEG", **more: Any) -> bytes:
    image = Image.new("RGB", size, "#c03020")
    image.paste("#2030c0", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[MAKE], exif[TURNED] = SECRET, 6
    exif.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **more)
    return out.getvalue()


def sound(seconds: float = 1.0) -> bytes:
    """Return a WAV file with a note about where it was made."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        steps = range(int(8000 * seconds))
        made.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(n / 5))) for n in steps))
    return out.getvalue()


def _video(made: Any, codec: str) -> Any:
    video = made.add_stream(codec, rate=12)
    video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
    video.metadata["handler_name"] = SECRET
    return video


def _heard() -> Iterator[Any]:
    resampler = av.AudioResampler("fltp", "mono", 48_000, 960)
    with av.open(io.BytesIO(sound()), format="wav") as source:
        for frame in source.decode(audio=0):
            yield from resampler.resample(frame)


def recorded(form: str, *, moving: str = "", heard: str = "") -> bytes:
    """Return a recording whose notes say where it was made."""
    out = io.BytesIO()
    with av.open(out, "w", format=form) as made:
        made.metadata.update({"title": SECRET, "location": SECRET, "artist": SECRET})
        video = _video(made, moving) if moving else None
        audio = made.add_stream(heard, rate=48_000, layout="mono") if heard else None
        for number in range(12 if video else 0):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (number * 9, 40, 90)))
            frame.pts, frame.time_base = number, Fraction(1, 12)
            made.mux(video.encode(frame))
        for part in _heard() if audio else ():
            made.mux(audio.encode(part))
        for stream in made.streams:
            made.mux(stream.encode(None))
    return out.getvalue()


def said(refused: pytest.ExceptionInfo[AnswerError]) -> str:
    return refused.value.message.in_("standard")


def streams(clean: Clean) -> dict[str, str]:
    with av.open(io.BytesIO(clean.content)) as opened:
        notes = {**opened.metadata, **{k: v for s in opened.streams for k, v in s.metadata.items()}}
        assert SECRET not in notes.values()
        assert sum(1 for _ in opened.decode(opened.streams[0])) > 5
        return {stream.type: stream.codec_context.name for stream in opened.streams}


# --- Pictures -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_upright_and_knows_nothing_of_its_telephone(kind: str) -> None:
    sent = photo(kind=kind)
    assert SECRET.encode() in sent
    clean = cleaning.clean(sent, ("picture",))
    assert (clean.kind, clean.media_type) == ("picture", "image/jpeg")
    assert SECRET.encode() not in clean.content
    assert b"Exif" not in clean.content
    with Image.open(io.BytesIO(clean.content)) as image:
        assert image.size == (40, 80)
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_large_photo_is_made_smaller() -> None:
    clean = cleaning.clean(photo((4000, 1000)), ("picture",))
    with Image.open(io.BytesIO(clean.content)) as image:
        assert image.size == (400, 1600)


def test_a_drawing_may_be_see_through() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), (255, 0, 0, 90)).save(out, "PNG")
    clean = cleaning.clean(out.getvalue(), ("picture",))
    assert clean.media_type == "image/png"


def png_of(width: int, height: int) -> bytes:
    """Return the beginning of a picture that says it is very large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk


@pytest.mark.parametrize("side", [8_000, 30_000, 100_000])
def test_a_picture_that_would_fill_the_memory_is_not_opened(side: int) -> None:
    with pytest.raises(AnswerError) as refused:
        cleaning.clean(png_of(side, side), ("picture",))
    assert "smaller" in said(refused) or "cannot read" in said(refused)


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "GIF"])
def test_a_tiny_file_that_unpacks_to_a_huge_picture_is_not_opened(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    Image.new("P" if kind == "GIF" else "RGB", (7_000, 4_000)).save(out, kind)
    monkeypatch.setattr(cleaning, "_encoded", lambda _: pytest.fail("unpacked"))
    assert len(out.getvalue()) < 200_000
    with pytest.raises(AnswerError, match="too many dots"):
        cleaning.clean(out.getvalue(), ("picture",))


def test_a_large_photo_of_a_telephone_is_opened_small(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[tuple[int, int]] = []
    load = JpegImageFile.load

    def noted(image: JpegImageFile) -> Any:
        unpacked.append(image.size)
        return load(image)

    sent = photo((7_200, 5_400))
    monkeypatch.setattr(JpegImageFile, "load", noted)
    found = cleaning.clean(sent, ("picture",))
    with Image.open(io.BytesIO(found.content)) as small:
        assert small.size == (1_200, 1_600)
    assert max(width for width, _ in unpacked) <= 3_600


def test_a_picture_of_very_many_passes_is_refused() -> None:
    made = photo(progressive=True)
    assert cleaning.clean(made, ("picture",)).kind == "picture"
    at = made.rindex(cleaning.BEGINS_PASS)
    last = made[at:-2]
    with pytest.raises(AnswerError, match="cannot read this picture"):
        cleaning.clean(made[:-2] + last * cleaning.MOST_PASSES + made[-2:], ("picture",))


@pytest.mark.parametrize("rate", [1, 100, 3_999])
def test_sound_that_would_be_blown_up_is_refused(rate: int) -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(rate)
        made.writeframes(b"\x80" * 200)
    with pytest.raises(AnswerError, match="cannot read this recording"):
        cleaning.clean(out.getvalue(), ("voice",))


def test_an_iphone_picture_is_refused_with_what_to_do() -> None:
    with pytest.raises(AnswerError) as refused:
        cleaning.clean(b"\x00\x00\x00\x18ftypheic" + bytes(40), ("picture",))
    assert "screenshot" in said(refused)


@pytest.mark.parametrize(
    "content",
    [b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\xff\xd8\xff", b"x"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(AnswerError, match="cannot read this picture"):
        cleaning.clean(content, ("picture",))


@pytest.mark.parametrize("others_take_halves", [False, True])
def test_half_a_picture_is_refused(
    monkeypatch: pytest.MonkeyPatch, others_take_halves: bool
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", others_take_halves)
    with pytest.raises(AnswerError, match="cannot read this picture"):
        cleaning.clean(photo((300, 300))[:900], ("picture",))


# --- Recordings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "moving", "heard", "media_type", "kept"),
    [
        ("mp4", "", "aac", "audio/mp4", {"audio": "aac"}),
        ("mp4", "libx264", "aac", "video/mp4", {"audio": "aac", "video": "h264"}),
        ("mov", "libx264", "aac", "video/mp4", {"audio": "aac", "video": "h264"}),
        ("webm", "", "libopus", "audio/webm", {"audio": "opus"}),
        ("webm", "libvpx", "libopus", "video/webm", {"audio": "opus", "video": "vp8"}),
        ("ogg", "", "libopus", "audio/webm", {"audio": "opus"}),
        ("mp3", "", "libmp3lame", "audio/mp4", {"audio": "aac"}),
    ],
)
def test_a_recording_is_packed_anew_without_its_notes(
    form: str, moving: str, heard: str, media_type: str, kept: dict[str, str]
) -> None:
    sent = recorded(form, moving=moving, heard=heard)
    assert SECRET.encode() in sent or form == "mp3"
    clean = cleaning.clean(sent, ("voice", "video"))
    assert clean.media_type == media_type
    assert clean.kind == ("video" if moving else "voice")
    assert SECRET.encode() not in clean.content
    found = streams(clean)
    assert found == kept


def test_plain_sound_is_encoded() -> None:
    clean = cleaning.clean(sound(), ("voice",))
    assert (clean.kind, clean.media_type) == ("voice", "audio/mp4")
    assert streams(clean) == {"audio": "aac"}
    assert len(clean.content) < len(sound())


def test_a_video_is_refused_where_only_a_voice_is_asked_for() -> None:
    sent = recorded("mp4", moving="libx264")
    with pytest.raises(AnswerError, match="cannot take that kind"):
        cleaning.clean(sent, ("voice",))


def test_a_video_in_an_old_format_is_refused_with_what_to_do() -> None:
    sent = recorded("mov", moving="mpeg4")
    with pytest.raises(AnswerError, match="Please send an MP4"):
        cleaning.clean(sent, ("video",))


def test_a_long_recording_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "LONGEST_SECONDS", 0.3)
    for sent in (sound(), recorded("webm", heard="libopus")):
        with pytest.raises(AnswerError, match="longer than 5 minutes"):
            cleaning.clean(sent, ("voice",))


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\nfile:///etc/passwd", b"ffconcat version 1.0\nfile /etc/passwd",
        b"RIFF\x00\x00\x00\x00WAVE", b"OggS", b"ID3", b"\xff\xfb", b"\x1aE\xdf\xa3",
        b"\x00\x00\x00\x18ftypmp42" + bytes(30), b"<html>", photo(),
    ],
)  # fmt: skip
def test_what_is_no_recording_is_refused(content: bytes) -> None:
    with pytest.raises(AnswerError):
        cleaning.clean(content, ("voice", "video"))


# --- Any file -------------------------------------------------------------------------------


def test_nothing_and_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AnswerError, match="empty"):
        cleaning.clean(b"", ("picture",))
    monkeypatch.setitem(cleaning.LARGEST, "picture", 100)
    with pytest.raises(AnswerError, match="too large"):
        cleaning.clean(photo(), ("picture",))


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"OggS", b"\x1aE\xdf\xa3", b"ID3", b"\xff\xd8"])
)
def test_any_bytes_are_cleaned_or_refused(content: bytes, head: bytes) -> None:
    for allowed in (("picture",), ("voice", "video")):
        with contextlib.suppress(AnswerError):
            assert cleaning.clean(head + content, allowed).content
