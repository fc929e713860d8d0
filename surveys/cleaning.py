"""Cleaning what people send: a file becomes a new file without what a device added to it.

A photo knows where and when it was taken and on whose telephone; a recording does too. A picture
is decoded and encoded anew, a recording is packed anew without its notes, so only what can be
seen and heard is kept. What a file is is told by its content, never by its name.
"""

import contextlib
import dataclasses
import io
import itertools
import threading
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from surveys.questions import AnswerError, Message
from surveys.questions.files import LARGEST, LONGEST_SECONDS, MEGABYTE

LARGEST_FILE: Final = max(LARGEST.values())
LONGEST_SIDE: Final = 1600
#: A plain JPEG is opened small, whatever its size; other pictures are unpacked as they are.
MOST_PIXELS: Final = 60_000_000
MOST_PIXELS_UNPACKED: Final = 25_000_000
#: Each pass of a progressive JPEG costs as much as the whole picture; cameras make about ten.
MOST_PASSES: Final = 64
BEGINS_PASS: Final = b"\xff\xda"
JPEG_QUALITY: Final = 85
SOUND_RATE: Final = 44_100
#: A sound that says it has one value a second would be blown up to gigabytes.
SOUND_RATES: Final = range(4_000, 192_001)
MOST_CHANNELS: Final = 8
FRAME_SIZE: Final = 1024
#: Reading whole sections before decoding is where hostile files attack, so few kinds are opened.
DEMUXERS: Final = ("mov", "matroska", "ogg", "mp3", "wav")
#: Leaves out the name and version of the program that wrote the file.
QUIET: Final = {"fflags": "+bitexact"}
#: For a container: the sound and pictures that can be packed into it as they are.
PACKED: Final = {
    "mp4": (frozenset({"aac"}), frozenset({"h264", "hevc"})),
    "webm": (frozenset({"opus", "vorbis"}), frozenset({"vp8", "vp9", "av1"})),
}
MEDIA_TYPES: Final = {
    ("mp4", "voice"): "audio/mp4", ("mp4", "video"): "video/mp4",
    ("webm", "voice"): "audio/webm", ("webm", "video"): "video/webm",
}  # fmt: skip

#: One file at a time in each process: what somebody sends must not use up the memory of all.
_CLEANING = threading.Lock()

EMPTY = Message("The file is empty. Please choose it again", "The file is empty. Please try again")
NOT_A_PICTURE = Message(
    "We cannot read this picture. Please send a JPEG or PNG picture",
    "We cannot open this picture. Please try a different one",
)
HEIC = Message(
    "This picture is in Apple's HEIC format, which we cannot read. Open it on your phone, take a "
    "screenshot of it, and send the screenshot",
    "We cannot open this picture. Make a screenshot of it. Then send the screenshot",
)
TOO_MANY_PIXELS = Message(
    "The picture has too many dots for us to open. Please send a smaller copy",
    "The picture is too big. Please send a smaller one",
)
NOT_A_RECORDING = Message(
    "We cannot read this recording. Please send an MP4, MP3, M4A, WebM or WAV file",
    "We cannot open this recording. Please try a different one",
)
NOT_WANTED = Message(
    "This question cannot take that kind of file. Please choose another",
    "Please choose a different kind of file",
)
TOO_LONG = Message(
    "The recording is longer than %(minutes)s minutes. Please send a shorter one",
    "The recording is too long. It can be %(minutes)s minutes",
    minutes=LONGEST_SECONDS // 60,
)


@dataclasses.dataclass(frozen=True)
class Clean:
    """A file that may be kept: its kind, its type and its new content."""

    kind: str
    media_type: str
    content: bytes


def clean(content: bytes, allowed: Sequence[str]) -> Clean:
    """Return a clean copy of a file of one of these kinds; raise AnswerError in plain words."""
    if not content:
        raise AnswerError(EMPTY)
    if len(content) > max(LARGEST[kind] for kind in allowed):
        raise AnswerError(too_large(allowed))
    with _CLEANING:
        found = picture(content) if tuple(allowed) == ("picture",) else recording(content)
    if found.kind not in allowed:
        raise AnswerError(NOT_WANTED)
    if len(content) > LARGEST[found.kind]:
        raise AnswerError(too_large((found.kind,)))
    return found


def too_large(allowed: Sequence[str]) -> Message:
    """Return what to say about a file that is larger than what can be kept."""
    return Message(
        "The file is too large. It can be up to %(limit)s MB",
        "The file is too big. Please send a smaller one",
        limit=max(LARGEST[kind] for kind in allowed) // MEGABYTE,
    )


def picture(content: bytes) -> Clean:
    """Return the dots of a picture as a new JPEG or PNG, upright and not too large."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # only who cleans a picture pays for it

    if _is_heic(content):
        raise AnswerError(HEIC)
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as opened:
            _refuse_bombs(opened, content)
            with _whole_files_only():
                opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                opened.load()  # a small picture needs no thumbnail and has not been read yet
            return _encoded(ImageOps.exif_transpose(opened))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, AnswerError):
            raise
        raise AnswerError(NOT_A_PICTURE) from error


def _refuse_bombs(opened: Any, content: bytes) -> None:
    """Refuse a small file that would cost much memory or time to open."""
    before = opened.width * opened.height
    if opened.format == "JPEG":
        if content.count(BEGINS_PASS) > MOST_PASSES:
            raise AnswerError(NOT_A_PICTURE)
        opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # says how small it is enough to open it
    unpacked = before if opened.info.get("progressive") else opened.width * opened.height
    if before > MOST_PIXELS or unpacked > MOST_PIXELS_UNPACKED:
        raise AnswerError(TOO_MANY_PIXELS)


@contextlib.contextmanager
def _whole_files_only() -> Iterator[None]:
    """Refuse half a picture, which WeasyPrint lets Pillow accept in the whole process."""
    from PIL import ImageFile  # noqa: PLC0415  # as above

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _encoded(image: Any) -> Clean:
    """Return an image as new bytes; only dots are copied, so nothing hidden comes along."""
    from PIL import Image  # noqa: PLC0415  # as above

    mode = "RGBA" if image.has_transparency_data else "RGB"
    bare = Image.new(mode, image.size)
    bare.paste(image.convert(mode))
    out = io.BytesIO()
    if mode == "RGBA":
        bare.save(out, "PNG", optimize=True)
        return Clean("picture", "image/png", out.getvalue())
    bare.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return Clean("picture", "image/jpeg", out.getvalue())


def _is_heic(content: bytes) -> bool:
    brands = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif")
    return content[4:8] == b"ftyp" and content[8:12] in brands


def recording(content: bytes) -> Clean:
    """Return the sound and moving pictures of a recording, packed anew without its notes."""
    import av  # noqa: PLC0415  # only who cleans a recording pays for it

    demuxer = _demuxer(content)
    if not demuxer:
        raise AnswerError(NOT_A_RECORDING)
    try:
        with av.open(io.BytesIO(content), format=demuxer) as opened:
            resampler = av.AudioResampler("fltp", "mono", SOUND_RATE, FRAME_SIZE)
            return _repacked(opened, av.open, resampler)
    except (av.FFmpegError, ValueError, KeyError, IndexError) as error:
        if isinstance(error, AnswerError):
            raise
        raise AnswerError(NOT_A_RECORDING) from error


def _demuxer(content: bytes) -> str:
    """Return which of the few readers a file needs, by its first bytes."""
    head = content[:12]
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    if head[:4] == b"OggS":
        return "ogg"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    is_mp3 = head[:3] == b"ID3" or (head[:1] == b"\xff" and len(head) > 1 and head[1] >= 0xE0)  # noqa: PLR2004  # eleven set bits begin a frame
    return "mp3" if is_mp3 else ""


def _repacked(opened: Any, make: Any, resampler: Any) -> Clean:
    sound = next(iter(opened.streams.audio), None)
    moving = next((one for one in opened.streams.video if not _is_cover(one)), None)
    if sound is None and moving is None:
        raise AnswerError(NOT_A_RECORDING)
    kind = "video" if moving else "voice"
    container = _container(sound, moving)
    out = io.BytesIO()
    with make(out, "w", format=container or "mp4", container_options=QUIET) as packed:
        if container:
            _copy(opened, packed, [one for one in (sound, moving) if one is not None])
        elif moving is None:
            _encode(opened, packed, sound, resampler)
        else:
            raise AnswerError(NOT_A_RECORDING)
    return Clean(kind, MEDIA_TYPES[container or "mp4", kind], out.getvalue())


def _is_cover(stream: Any) -> bool:
    """Tell whether a "video" is only the cover of a piece of music."""
    return _codec(stream) in {"mjpeg", "png"}


def _codec(stream: Any) -> str:
    return str(stream.codec_context.codec.canonical_name)


def _container(sound: Any, moving: Any) -> str:
    """Return what the streams can be packed into as they are; nothing if they must be encoded."""
    for name, (sounds, pictures) in PACKED.items():
        heard = sound is None or _codec(sound) in sounds
        seen = moving is None or _codec(moving) in pictures
        if heard and seen:
            return name
    return ""


def _copy(opened: Any, packed: Any, streams: list[Any]) -> None:
    copies = {}
    for stream in streams:
        copies[stream.index] = packed.add_stream_from_template(stream)
        copies[stream.index].metadata.clear()
    for packet in opened.demux(streams):
        if packet.dts is None:
            continue
        _stop_when_long(packet.pts, packet.time_base)
        packet.stream = copies[packet.stream.index]
        packed.mux(packet)


def _encode(opened: Any, packed: Any, sound: Any, resampler: Any) -> None:
    """Encode sound that no container takes as it is, for example of a WAV file."""
    if sound.rate not in SOUND_RATES or not 1 <= sound.channels <= MOST_CHANNELS:
        raise AnswerError(NOT_A_RECORDING)
    stream = packed.add_stream("aac", rate=SOUND_RATE, layout="mono")
    heard = 0
    for frame in itertools.chain(opened.decode(sound), [None]):
        for part in resampler.resample(frame):
            part.pts, part.time_base = heard, Fraction(1, SOUND_RATE)
            heard += part.samples
            _stop_when_long(heard, part.time_base)
            packed.mux(stream.encode(part))
    packed.mux(stream.encode(None))


def _stop_when_long(moment: int | None, base: Any) -> None:
    if moment is not None and base and moment * base > LONGEST_SECONDS:
        raise AnswerError(TOO_LONG)
