# ruff: noqa: RUF001  # letters of many alphabets
"""Letters and small words by which a short text is known not to be English, and languages' names.

No word here is an English one ("do", "on", "plus" are left out or carry no weight alone), and no
letter is one that English borrows in names of food and places (é, è, ç, ï).
"""

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "cy": "Welsh",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian",
    "fr": "French", "gu": "Gujarati", "hi": "Hindi", "hu": "Hungarian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ml": "Malayalam",
    "nl": "Dutch", "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "so": "Somali", "sq": "Albanian", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

LETTERS = {
    "pl": frozenset("ąćęłńśźż"),
    "ro": frozenset("ăâîșțşţ"),
    "cy": frozenset("ŵŷ"),
    "tr": frozenset("ğışİ"),
    "lt": frozenset("ąčęėįšųūž"),
    "lv": frozenset("āčēģīķļņšūž"),
    "hu": frozenset("őű"),
    "es": frozenset("ñ¿¡"),
    "pt": frozenset("ãõ"),
    "de": frozenset("ß"),
    "cs": frozenset("ěřůčšž"),
    "sk": frozenset("ľĺŕčšž"),
    "vi": frozenset("ơưđạảấầậếềệịọốồộớờợụủứừự"),
    "sq": frozenset("ë"),
}

_SMALL = {
    "pl": """nie jest są się się tak nic brak więcej dla przez bardzo szkole szkoła szkoły pomoc
        pomocy dziecko dzieci dziecka klubów autobus zawsze tylko jak ale czy mój moja moje nas
        nam mnie ich jego jej mam mamy dobrze dobry lepiej proszę dziękuję wiem autobusu hałas
        głośno wszystko nauczyciele syn córka potrzebujemy potrzebuję było lata bez""",
    "ro": """este sunt nu nimic mai multe mult și să pentru școală scoala copilul copiii copii
        ajutor avem vrem vreau foarte bună autobuzul cu din fără fara când cand nimeni
        stiu știu profesorii totul bine trebuie niciodată mereu zgomot gălăgie cluburi""",
    "fr": """est sont les des une nous vous pas rien avec pour dans très tres école ecole enfant
        enfants besoin toujours aide mon ma sa ses leur c'est n'est j'ai qui que plus du personne
        aucun trop bruit personne au merci le la bien beaucoup""",
    "cy": """mae yn yr ysgol dim digon fy mab merch plant ddim bws mwy gyda chi ni nad oes ydy
        eisiau angen diolch popeth dda iawn hwyr gefnogaeth clybiau bob amser ac""",
    "tr": """ve için çok okul okulda değil hiç yok var yardım istiyoruz istiyorum çocuk çocuğum
        otobüs daha fazla zaman bir bilmiyorum hayır teşekkürler iyi""",
    "es": """el los las una para muy más mas nada escuela niños nino necesitamos necesito siempre
        ayuda autobús autobus gracias por pero todo está tarde mucho ruido que""",
    "pt": """uma para não nao muito mais nada escola crianças filho filha precisamos sempre ajuda
        autocarro obrigado obrigada mas meu tudo chega tarde barulho está""",
    "it": """il gli una per molto più niente nulla scuola bambini abbiamo sempre aiuto autobus
        grazie ma mio tutto bisogno anni troppo rumore che non due""",
    "de": """der das und ist sind nicht nichts mehr für schule kinder wir brauchen immer
        hilfe danke mit aber mein meine gut zu sehr laut weiß ich""",
    "lt": """ir yra ne nieko daugiau mokykloje mokykla vaikas vaikai mums reikia visada pagalbos
        autobusas labai aš nežinau viskas gerai""",
    "hu": """nem van és az iskola iskolában gyerek több segítség semmi nagyon mindig busz nincs
        köszönöm jó""",
    "so": """waa iyo ma waxaan ku ka la caawimaad dugsiga iskuulka ilmaha baahanahay wax dheeraad
        mahadsanid""",
    "sq": """nuk është dhe shkollë shkolla fëmija asgjë më shumë ndihmë për faleminderit""",
}
SMALL_WORDS = {code: frozenset(words.split()) for code, words in _SMALL.items()}
EVERY_SMALL_WORD = frozenset().union(*SMALL_WORDS.values())
