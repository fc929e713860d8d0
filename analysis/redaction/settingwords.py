"""Words that make, end or spoil the name of a setting."""

from analysis.language import lists
from analysis.language.namewords import GENERIC_PLACES, NEVER_NAMES, word_set
from analysis.redaction.words import Word

MOST_WORDS = 7
MOST_QUIET_WORDS = 3
SCHOOLS = word_set("""
childcare utc montessori sixth-form primary junior juniors infant infants nursery secondary high
grammar academy school college jmi srp comprehensive preschool pre-school playgroup montessori
kindergarten schools prep federation nurseries daycare childminders childminding pru esc upper
middle first sch academies
""")
PLACES = word_set("""
hospital hospice clinic surgery practice dental ward centre center unit base hub house lodge class
room group club resource provision farm project respite wing classroom campus outreach park court
suite
""")
WEAK = word_set("""
practice dental suite unit base hub house lodge group club resource provision farm project wing
campus outreach park court high upper middle first secondary prep respite federation
""")
"""Words that end a setting's name only when what stands before them is no everyday word."""
ALONE = word_set("""
high upper middle first secondary unit ward class room base wing
""")
MORE = word_set("""
school academy college hospital nursery centre primary junior infant infants unit base clinic
preschool pre-school room class sixth form jmi church of england c e ce rc and medical health
children's ward provision sixth-form
""")
LINKS = word_set("""
of the and & c e ce rc cofe for st saint a
""")
ROOMS = word_set("""
hub zone pod bungalow pavilion annexe studio nest den hive burrow cove haven harbour ark oasis
orchard lighthouse cabin retreat sanctuary bridge snug treehouse meadow warren burrows beehive
acorns acorn
""")
QUIET_ENDS = word_set("""
primary school academy nursery infants juniors college junior infant secondary preschool
pre-school grammar playgroup jmi class ward hospital comprehensive room
""")
OPENERS = word_set("""
the my our his her their at in to from and but when if so because we i she he they it this that is
was both all after before since while where which not with for on as an a or by also then now even
""")


def tells(word: Word) -> bool:
    """Tell whether a word of a name makes a setting recognisable."""
    return (
        word.low not in GENERIC_PLACES
        and word.low not in LINKS
        and len(word.low) > 1
        and (word.low not in NEVER_NAMES)
        and word.low not in SCHOOLS | PLACES
    )


NOT_IN_NAMES = word_set("""
i he she it we they you is was were are be been has have had do does did say says said like take
takes took go goes went love loves loved hate hates start starts started leave left miss feel
feels change changed trying try tries want wants wanted make makes made give gives gave need needs
asked ask tell told think thinks but to from at in on off near by about per until once though
although yet that's his her my our their
""")
DESCRIBES = word_set("""
day night work old home breakfast after big nice lots many several most least five six four ten
eight seven nine starting changing bad rubbish useless awful christian jewish muslim islamic
special-needs mainstream-only faith-based selective boarding different similar suitable certain
whatever whichever specialist independent council academy-run non-mainstream normal ordinary
regular proper
""")
BEASTS = word_set("""
kestrel owl owls kingfisher robin robins wren wrens hedgehog hedgehogs badger badgers fox foxes
squirrel squirrels otter otters butterfly butterflies ladybird ladybirds caterpillar caterpillars
bumblebee bumblebees dragonfly rabbit rabbits penguin penguins dolphin dolphins turtle turtles
lion lions tiger tigers elephant elephants giraffe giraffes panda pandas koala koalas willow oak
oaks maple beech birch sycamore elm chestnut rowan ash cedar acorn acorns sunflower sunflowers
rainbow sunshine starfish seahorse puffin puffins swan swans heron eagle eagles falcon falcons
hawk hawks kite kites woodpecker nightingale swallow swallows starling willows beeches elms limes
firs pines laurels hollies poplars cedars birches maples hawthorns daffodil daffodils daisies
bluebells buttercup buttercups poppies tulips snowdrops cubs bears teddies ducklings pandas
dinosaurs explorers chestnuts sycamores beeches conkers fireflies bees ladybugs monkeys zebras
puffins topaz sapphire emerald jupiter saturn mars neptune mercury venus pluto dahl einstein
picasso monet
""")
NATURE = word_set("""
meadow meadows hill hillside wood woods woodland woodlands field fields park oak oaks ash lea leas
view bank brook river riverside lake lakeside valley grove orchard forest heath moor mead bridge
chase grange manor castle abbey priory church-hill farm bluebell willow willows cherry-tree tree
trees grove mill windmill spring springs
""")


def plain_form(low: str) -> bool:
    """Tell whether a word is only another form of an everyday one."""
    return any(
        low.endswith(end) and low[: -len(end)] in lists.common_words()
        for end in ("s", "'s", "ed", "ing", "ly")
    )


MOVES = word_set("""
chose choose picked moved went goes go going moving move transferred transfer started back came
come transition transport travel travels excluded expelled moves transitioned sent year y7 class
pupil head teacher senco letter taxi bus drive applied home
""")
OF_VILLAGES = word_set("""
little great much nether upper lower long stoke west east north south old new church st saint
kings king's abbots abbot's priors bishops castle high market wood green cold over temple
""")
EVENTS = word_set("""
review reviews meeting meetings evening day stage home assembly parents parent's parents' panel
hall work night time break times council team teams service services tribunal mediation level key
point home-time playtime lunchtime all least first last easter half-term half term god heart large
hand mum's dad's nan's
""")
SAINTS = word_set("""
mary joseph john peter paul andrew michael george james luke mark matthew thomas cuthbert bede
anne ann catherine katherine margaret clare teresa bernadette francis dominic columba adrian alban
martin nicholas philip stephen edmund edward elizabeth helen hilda ignatius jude lawrence leonard
patrick raphael swithun theresa vincent wilfrid augustine barnabas benedict bernard bartholomew
cross giles gregory ippolyt paulinus rose simon agnes aidan david oswald chad antony anthony
christopher
""")
