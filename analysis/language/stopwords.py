"""English words that carry grammar rather than meaning, for labels and word clouds."""

_GRAMMAR = """
a about above after again against ago all almost already also although always am among an and any
anyone anything are aren't around as at away back be became because become been before being below
between both but by came can can't cannot cant come comes coming could couldn't couldnt did didn't
didnt do does doesn't doesnt doing done don't dont down due during each either else even ever
every everyone everything few for from further gave get gets getting give given gives go goes
going gone got had hadn't has hasn't hasnt have haven't havent having he he'd he'll he's her here
here's hers herself him himself his how how's however i i'd i'll i'm i've id if ill im in instead
into is isn't isnt it it'd it'll it's its itself ive just keep kept knew know known last least
less let let's like lot lots made make makes making many may maybe me might mine more most much
must my myself near need needed needs neither never no nobody none nor not nothing now of off
often ok okay on once one ones only onto or other others otherwise ought our ours ourselves out
over own perhaps please put quite rather re really said same saw say saying says see seem seemed
seems seen sent several shall she she'd she'll she's should shouldn't shouldnt since so some
somebody someone something sometimes soon still such take taken takes taking tell than thank
thanks that that's thats the their theirs them themselves then there there's theres these they
they'd they'll they're they've theyre thing things think this those though thought three through
till to together told too took toward towards tried try trying two under until up upon us use used
using usually various very via want wanted wants was wasn't wasnt way we we'd we'll we're we've
went were weren't werent what what's whatever when where where's whether which while who who's
whoever whole whom whose why will with within without won't wont would wouldn't wouldnt yes yet
you you'd you'll you're you've your youre yours yourself yourselves able actually across along amp
another anyway bit e.g eg especially etc feel felt find found i.e ie instance kind mean means
probably sort sure though per possible possibly able
"""
_EMPTY_IN_ANSWERS = """
absolutely actual add amazing answer bad best better big brilliant change comment comments
complete completely could day days definitely different difficult early eight eleven enough
excellent extra five four half hundred nine seven six ten twelve twice
extremely fantastic fine first full fully good great happens happy hard help helped helps honestly
hope however improve improved improvement improvements issue issues job late left little long love
lovely main minute moment month months morning new next nice night obviously old particularly past
people perfect person plus point poor problem problems properly question questions quick quickly
real reason redacted regard regards response rest right round service services situation small
sorry start started stuff super support supported terrible think time times today top total
totally truly understand week weeks well whilst wonderful work worked working works worst wrong
year years
"""

STOP_WORDS = frozenset(_GRAMMAR.split())
"""Words of pure grammar: never in a label or a cloud."""

HOLLOW_WORDS = frozenset(_EMPTY_IN_ANSWERS.split())
"""Words that praise or count without naming a subject: allowed inside a phrase, weak alone."""
