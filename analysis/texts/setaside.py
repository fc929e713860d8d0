# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""Which answers cannot be analysed, and why: set aside with a reason, never dropped.

The rules are narrow on purpose. "noise", "more clubs" and "the bus" are answers; only a text that
is nothing but a way of saying "nothing" is set aside as such.
"""

import re
from collections.abc import Collection, Sequence
from typing import Literal

from analysis.language.languages import is_other_language
from analysis.texts.documents import Document, normal_text, plain

Reason = Literal[
    "blank", "nothing_to_add", "duplicate", "held", "unreadable", "other_language", "off_topic"
]

MEANINGS: dict[Reason, str] = {
    "blank": "Nothing was written",
    "nothing_to_add": "Says there is nothing to add, such as “n/a” or “none”",
    "duplicate": "Shared words, eight or more, that stand once for all who sent them",
    "held": "Held back while a person reads it for safety",
    "unreadable": "No words that the machine can read, such as symbols only",
    "other_language": "Written in another language; needs a translator",
    "off_topic": "A person said that it is about something else",
}

COPY_WORDS = 8
"""Shorter texts repeat by chance: every "more clubs" is somebody's own answer."""

COPIES = 3
"""Two who share their words may be one family; from three on, one text stands for all."""

_OPENER = (
    r"(?:well|sorry|erm+|um+|hmm+|oh|honestly|really|personally|to be honest|tbh|as i said|i guess|"
    r"thanks|thank you|im afraid|i am afraid|at the moment|at present|at this time|right now|"
    r"for now|currently|so far|as yet|yet|today|as far as i know|as far as i am aware|"
    r"in my opinion|off the top of my head|that i can think of|i can think of|"
    r"that comes to mind|comes to mind|springs to mind|from me|on my part|for me|to me|"
    r"that i know of|i know of|i am aware of|"
    r"im aware of|please|just|all|at all|whatsoever|sir|miss|x+|just now|in particular|much)"
)
_NOTHING = (
    r"(?:no|nope|nah|naw|non|none|nil|null|nothing|nothin|nowt|zero|n a|na|nka|nfa|not applicable|"
    r"does not apply|doesnt apply|not relevant|not really|not a thing|not one thing|not anything|"
    r"absolutely nothing|absolutely none|nothing else|nothing more|nothing further|"
    r"nothing (?:else |more |further |much )?to (?:add|say|report|comment|mention|suggest)|"
    r"nothing (?:in )?particular(?:ly)?|nothing specific|nothing really|nothing special|"
    r"nothing (?:immediately |really )?(?:comes|springs|came) to mind|"
    r"nothing (?:that )?i (?:can|could) think of|nothing whatsoever|no comments?|"
    r"no further comments?|no more comments?|"
    r"no other comments?|no comment to make|no comments to make|no suggestions?|no answer|no reply|"
    r"no opinion|no idea|no ideas|no thoughts|no preference|no not really|none really|"
    r"none of the above|"
    r"none at all|not sure|unsure|im not sure|i am not sure|idk|dk|dunno|i dunno|dont know|"
    r"do not know|i dont know|i do not know|i really dont know|dont no|i dont no|not known|"
    r"dont mind|i dont mind|dont care|i dont care|nothing to note|nothing to comment on|"
    r"(?:i )?(?:cant|cannot|can not|couldnt|could not) (?:really )?(?:think|thing) of "
    r"(?:anything|any|one|a thing)(?: else| more)?|"
    r"(?:i )?(?:have|ive|have got|ive got) (?:nothing|none|no comments?|no suggestions?)"
    r"(?: else| more| further)?(?: to (?:add|say))?|"
    r"that is all|thats all|thats it|skip|pass|prefer not to say|see above|as above|same as above|"
    r"same|ditto|none to add|nothing thanks|nothing thank you|nothing yet|left blank|blank|empty|"
    r"not (?:a lot|alot|much|that i (?:can think|know|am aware|im aware) of|that i know|right now)|"
    r"(?:i )?(?:dont|do not) think so|i do not think so|nothing to change|no changes?|"
    r"no additional comments?|nothing additional|"
    r"(?:i )?(?:dont|do not) (?:want|need) to say(?: (?:anything|any ?more|more))?|"
    r"(?:i )?(?:dont|do not) have (?:any(?:thing)?|a|no)(?: (?:more|else|comments?|ideas?|answer))*"
    r"(?: to (?:add|say))?|"
    r"(?:i )?(?:dont|do not) understand(?: (?:this|the|it|that))?(?: question)?|"
    r"(?:i )?(?:have )?said it all|already said|i have said everything|i am done|im done|"
    r"no more|nothing comes up|not now|no thank you|no ta|none to report|"
    r"nothing i (?:want|would like) to (?:say|add)|i have no more to (?:add|say)|"
    r"(?:there is|theres) nothing(?: else| more)?(?: to (?:add|say))?|"
    r"dont want to(?: say| answer)?|no response|not answered|nil response|"
    r"not at (?:the moment|present|this time)|(?:i )?cant|nothing to improve|"
    r"no (?:further|other|more) suggestions?|(?:as|see|same as) (?:my )?(?:previous|last) answer|"
    r"(?:i )?(?:dont|do not) think there (?:is|are|was)(?: any(?:thing)?(?: else)?)?|"
    r"not got anything(?: else| more)?(?: to (?:add|say))?|cant say|could not say)"
)
_IN_OTHER_LANGUAGES = frozenset(
    """
    nie|brak|nic|nic więcej|nie wiem|nie mam|nie mam nic|nie mam uwag|bez uwag|brak uwag|nie dotyczy
    nic do dodania|nie mam nic do dodania|nie mam nic więcej do dodania|nie dziękuję|chyba nic
    nu|nimic|nimic de adăugat|nimic de adaugat|nu știu|nu stiu|nu am|nu am nimic de adăugat
    nu am nimic de adaugat|nu mulțumesc|nu e cazul|nu este cazul|nimic altceva|nimic în plus
    rien|rien à ajouter|rien a ajouter|rien de plus|je ne sais pas|sans objet|aucun commentaire
    dim|dim byd|dim byd i ychwanegu|dim byd arall|dim sylw|ddim yn gwybod|dwi ddim yn gwybod
    nada|nada más|nada mas|nada que añadir|no sé|no lo sé|ninguno|nada a acrescentar|não|não sei
    niente|niente da aggiungere|non lo so|nichts|keine|nein|weiß nicht|ich weiß nicht|nichts weiter
    yok|hiç|hiçbir şey|hayır|bilmiyorum|nieko|nežinau|asgjë|maya|waxba|semmi|nem|nem tudom
    کچھ نہیں|نہیں|معلوم نہیں|مجھے نہیں معلوم|مزید کچھ نہیں|کوئی نہیں|لا شيء|لا|لا أعرف|لا يوجد
    কিছু না|না|জানি না|কিছুই না|ਕੁਝ ਨਹੀਂ|ਨਹੀਂ|ਪਤਾ ਨਹੀਂ|કંઈ નહીં|ના|ખબર નથી|कुछ नहीं|नहीं|нічого|ні
    не знаю|нет|ничего|нищо|не|没有|无|不知道|没有了
    """.replace("\n", "|")
    .replace("  ", "")
    .split("|")
)
"""Nothing to add, as people say it in the languages that families here write."""

_OPENS = re.compile(_OPENER)
_SAYS_NOTHING = re.compile(_NOTHING)
LONGEST_SAYING = 8
"""The most words in one way of opening or of saying nothing."""

_WORD = re.compile(r"[^\W_]+")
_MASHED = re.compile(r"(.)\1{3,}|[bcdfghjklmnpqrstvwxz]{6,}", re.IGNORECASE)


def reasons(
    documents: Sequence[Document],
    redacted: Sequence[str],
    copies: Collection[int] = frozenset(),
) -> list[Reason | None]:
    """Return for each document the reason it is set aside, or None when it is analysed.

    Args:
        documents: in canonical order, so that the copy that stays is always the same one.
        redacted: their redacted texts, in the same order.
        copies: rows of a confirmed campaign that another row stands for.
    """
    found = [reason(document, text) for document, text in zip(documents, redacted, strict=True)]
    for row in sorted({*copies, *_repeats(documents, redacted, found)}):
        found[row] = found[row] or "duplicate"
    return found


def reason(document: Document, text: str) -> Reason | None:
    """Name the first reason that applies: people's first, then the machine's."""
    if document.held:
        return "held"
    if document.off_topic:
        return "off_topic"
    if not text.strip() or not any(_speaks(character) for character in text):
        return "blank"
    if says_nothing(text):
        return "nothing_to_add"
    if not is_readable(text):
        return "unreadable"
    return "other_language" if not document.translation and is_other_language(text) else None


def _repeats(
    documents: Sequence[Document], texts: Sequence[str], found: Sequence[Reason | None]
) -> list[int]:
    """Return the rows of texts sent word for word by three or more, but for the first of each.

    Not those that a person called own words, nor what was said in one room.
    """
    rows: dict[str, list[int]] = {}
    for row, (document, text) in enumerate(zip(documents, texts, strict=True)):
        alone = found[row] or document.own_words or document.session or document.campaign
        words = "" if alone else plain(text)
        if words.count(" ") >= COPY_WORDS - 1:
            rows.setdefault(words, []).append(row)
    return [row for same in rows.values() if len(same) >= COPIES for row in same[1:]]


def _speaks(character: str) -> bool:
    """Tell whether a character is more than a space or a dash: a letter, a number or a picture."""
    return character.isalnum() or ord(character) > LAST_PLAIN_SYMBOL


LAST_PLAIN_SYMBOL = 0x2190
"""Everything above this code point that is not a letter is a picture or a sign with meaning."""


def says_nothing(text: str) -> bool:
    """Tell whether a text only says, in one of its many forms, that there is nothing to say.

    Sayings can be cut in more than one way ("nothing thanks"). Going from word to word, and not
    through every way of cutting, keeps a text that repeats them from taking years.
    """
    if normal_text(text).lower().strip(" .!?…,;:؟۔।-") in _IN_OTHER_LANGUAGES:
        return True
    words = plain(text).split()
    reached = {0: False}
    for start in range(len(words)):
        if start not in reached:
            continue
        for end in range(start + 1, min(start + LONGEST_SAYING, len(words)) + 1):
            part = " ".join(words[start:end])
            nothing = bool(_SAYS_NOTHING.fullmatch(part))
            if nothing or _OPENS.fullmatch(part):
                reached[end] = reached.get(end, False) or reached[start] or nothing
    return reached.get(len(words), False)


def is_readable(text: str) -> bool:
    """Tell whether a text holds at least one word of two letters that is not keyboard mashing."""
    words = [word for word in _WORD.findall(text) if sum(map(str.isalpha, word)) > 1]
    return any(not _MASHED.search(word) for word in words)
