# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Who and what neighbours know, as pieces of patterns: kin, offices, patches, papers, signs."""

IS = r"(?:['’]s|['’]m|['’]re|\s(?:is|am|are|was|were|used to be))"
KIN = (
    r"(?:husband|wife|partner|fianc[eé]e?|ex|mum|mam|mummy|mother|dad|daddy|father|nan|nana|gran"
    r"|grandm\w+|grandad|granddad|grandfather|brother|sister|aunt|auntie|uncle|son|daughter|cousin"
    r"|grandson|granddaughter|family|boy|girl|lad|eldest|youngest|child|kids?|children|twins?)"
    r"(?:[ -]in[ -]law)?"
)
OUR = rf"(?:my|our|his|her|their)\s(?:[a-z]{{1,12}}\s)?{KIN}"
WE = rf"(?:i|we|he|she|they|{OUR})"
OFFICE = (
    "(?:vicar|rector|curate|priest|rabbi|imam|pastor|mayor|mp|councill?or|head"
    "|head ?(?:teacher"
    "|master|mistress)|deputy head|senco|sendco|caretaker|(?:lollipop|dinner) (?:lady"
    "|man)|cook"
    r"|receptionist|village \w+|parish \w+|doctor|gp|butcher|baker|publican|landlord"
    "|landlady|postman"
    r"|postmistress|postmaster|chair of governors|chair of the \w+|(?:parent )?governor"
    "|farmer"
    "|(?:school )?crossing (?:lady|man|patrol|guard|keeper)|(?:taxi|minibus|school bus) driver"
    "|midday supervisor|(?:lunchtime|playground) (?:supervisor|lady)"
    "|midwife|(?:school|district|community) nurse|childminder|undertaker|blacksmith|vet"
    "|pharmacist|chemist|dentist|bus driver|organist|churchwarden|football coach"
    r"|manager of the \w+)"
)
UNMISTAKEN = (
    r"(?:vicar|rector|curate|priest|rabbi|imam|pastor|mayor|mp|(?:\w+ )?councill?or"
    "|postmistress"
    r"|postmaster|publican|(?:village|parish|local) \w+|(?:lollipop|dinner) (?:lady|man)"
    r"|governor (?:at|of) \w+|(?:ta|teacher|cook|caretaker|receptionist) (?:at|in) (?:the"
    "|our|my|his"
    "|her|their)(?: same| own)? (?:school|nursery|village))"
)
ONE = (
    r"(?:boy|girl|lad|lass|child|kid|pupil|student|teenager|one|ones|man|woman|lady|bloke|mum|mam"
    r"|mother|dad|father|parents?|family|couple|nan|gran|grandad|twins?|brothers?|sisters?|house"
    r"|grandparents?|carers?|foster \w+|parent governor)"
)
REST = r"[^.,;!?\n]{0,60}"
FEW = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|a hundred|a dozen|a handful(?: of)?|\d{1,2})"
)
MANY = r"(?:four|five|six|seven|eight|nine|ten|eleven|twelve|[4-9]|1[0-2])"
LAND = (
    r"(?:the |this |our )?(?:whole |entire )?"
    r"(?:world|uk|country|county|england|britain|europe|globe|wales|united kingdom)"
)
WHOM = (
    "(?:people|children|cases|kids|families|patients|boys|girls|babies|others|adults|of us|of them)"
)
PATCH = (
    r"(?:village|hamlet|street|road|lane|close|estate|town|school|class|year|club|church|parish"
    r"|county|nursery|college|block|cul-de-sac|area|group|team)"
)
PAPER = (
    r"(?:(?-i:[A-Z]\w+ )?(?-i:Echo|Gazette|Herald|Times|Mail|Post|Argus|Observer|Express|Courier"
    r"|Chronicle|Journal|Reporter|Advertiser|Comet|Mercury|News|Telegraph|Review|Guardian|Sun"
    r"|Mirror)|bbc|itv|sky news|look east|(?:news)?papers?|news|telly|tv|television|radio"
    r"|front page|this morning|headlines|documentary)"
)
NEWS = (
    rf"(?:in|on|all over)\s(?:the\s)?(?:front (?:page )?of the\s)?(?:local\s|national\s)?{PAPER}\b"
)
SIGN = (
    "(?:wheelchair|oxygen|ventilator|tube|frame|guide dog|hearing dog|assistance dog"
    "|talker|hoist|parrot|ambulance|pump|stoma|tracheostomy|hearing aids?|cochlear"
    r"|prosthe\w+|trike|walker|splints|helmet|signs?|sign language|braille)"
)
PRAISED = (
    r"\s(?:who|that)\s(?:ever\s|really\s|always\s|has\sever\s)?(?:can|could|will|would"
    "|does|understands?|understood|listens?|listened|knows?|gets?|likes?|loves?|helps?"
    "|helped|believe[sd]?|cares?|cared|makes?|made|works?|worked|fights?|answers?|rings?"
    r"|replie[sd]|says?|wants?)\b"
)
