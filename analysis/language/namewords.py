"""Words that rules for redaction know by heart, because no list of names can tell them apart."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that is one list of them."""
    return frozenset(text.split())


ROLE_WORDS = word_set("""
act and are at asked be but can could consultant coordinator department did does for from had has
have he how i in is it knows led lead lets list manager may me my not of on or our out
practitioner said says she should specialist started teacher teachers team that the them they this
to told trust unit us visits was we were what when which who will with would you your works staff
training
""")
"""What may follow a title without being a name: "Nurse in charge"."""

NEVER_NAMES = word_set("""
coronavirus corona lockdown chemo chemotherapy chaplaincy podiatry neonate mri ct ecg echocardiogram
icu itu hdu x-ray e-learning takeaway thurs tues weds fri comfier made
adhd afsl aac asc asd asian august autism autistic bame black braille brexit bristol british bsl
cahms camhs caf cambridge catholic celtic childline christmas church conservative covid december
deaf december diwali dla dofe dspl east easter eal ebsa education edpsych ehc ehcna ehcp ehcps ehp
eid elsas english eotas ep eps european eyfs facebook february french friday friday's gcse gcses
german god google gov gp gps greek halloween hcc hertfordshire herts hindu hindi hpv hpci hv icb
indian instagram ipad irish isl italian iphone james-webb january jewish jesus july kooth ks labour
lac la lego lgbt london lsa lsas makaton march maths mash mencap microsoft minecraft monday mps msa
muslim nhs nasen nessie ne neet netflix nhse north november ocd october odd ofsted ot ots oxford
pda pe pecs pmld polish portuguese pru ramadan reception rc romanian rsc roblox salt sat sats
saturday scouts sen send sendco sendcos senco sencos sendiass sendist sept september sikh sld slt
slts snapchat spanish spd ssa south sri sunday ta tas teams thrive thursday tiktok tics tuesday
tuition turkish tv uk ukrainian urdu usa wednesday weekend welsh west whatsapp year youtube zoom
zones annual january mum mummy dad daddy nan miss mr mrs ms dr headteacher okay ok yes no hi hello
dear thanks covid-19 pmt a&e idk omg lol tbh imo ceo dwp uc dsa hlta nqt ect cp cpd tac chin cin
lado dsl pta gov.uk ebacc btec alevel phd ba etc am pm asap rsvp diy rse pshe ict dt re mfl ppa
inset iep ieps pep lsas senit sendit sen's tesco asda aldi lidl morrisons waitrose sainsburys
sainsbury's greggs argos primark mcdonalds mcdonald's costa amazon ebay fortnite pokemon xbox
playstation nintendo disney spotify uber parentpay arbor bromcom tapestry seesaw classdojo dojo
numicon phonics widgit boardmaker tourette tourettes tourette's asperger aspergers asperger's down
downs down's ehlers-danlos prader-willi angelman rett crohns crohn's alzheimers alzheimer's
parkinsons parkinson's perthes irlen noonan duchenne marfan batten digeorge klinefelter usher
stickler apert crouzon williams-syndrome alzheimer crohn parkinson asperger tourettes sainsbury
mcdonald barnardo punjabi bengali arabic somali gujarati tamil persian farsi kurdish mandarin
cantonese latin welsh ukrainian albanian lithuanian bulgarian hungarian russian ombudsman thankyou
physio ward royal mad mental gillick bluetooth covid-19's physios thank-you hogwarts gruffalo
barnardos barnardo's mind scope youngminds samaritans nspcc homestart ambitious autism's dyslexia
dyspraxia epilepsy aphasia anxiety depression cerebral lgbtq fasd scd vip hi hvi theres childminder
childminders wifi xmas teh cyp cwd dco dmo ehe eotis arp sendist aspie teeth behaviour behavioural
cineworld whipsnade legoland gullivers outlook android gmail two three four five six seven eight
nine ten forum word co-ordinator co-ordinators msi sld ehcp's senco's sendco's camhs's nhs's gp's
la's ta's english's teams's ofsted's salt's
""")
"""Words with a capital letter that are not people."""

MONTHS = word_set("april may june august january september october december march july")
"""Months that are given names too, or stand where one would."""

ROLES = word_set("""
advocate aide assistant bro brother boy boyfriend carer caseworker child classmate coach consultant
cousin dad daddy daughter dentist dietitian director doctor driver escort father fiance foster
friend girl girlfriend governor gp gran granddaughter grandma grandad granny grandson guide handler
head headmaster headmistress headteacher helper husband keyworker kid kiddo lad lady little lsa man
mate mentor midwife hubby missus bestie bff minder mother mum mummy nan nana nanna neighbour nephew
niece nurse nurture one-to-one optician osteopath paediatrician parent partner patient physio pupil
practitioner psychiatrist psychologist puppy receptionist senco sendco sibling sis sister social
sons son specialist stepdad stepson stepdaughter stepmum student supervisor ta teacher teen
teenager therapist toddler tutor twin twins uncle visitor wife woman worker psych ot slt youngest
eldest oldest boys girls kids children daughters triplets brothers sisters
""")
"""What people are to each other: a name may follow."""

OWNERS = word_set(
    "my our his her their the a an your this that's one both with another lovely dear little "
    "wee big old young eldest youngest middle poor amazing lunch new former favourite"
)
"""What stands before such a word."""

TITLES = word_set("""
mr mrs ms miss mis misses mx oma opa dr doctor prof professor sr sir dame lord rev revd reverend
fr father sister
nurse auntie aunty aunt uncle nana nan nanny nanna grandma granny gran grandad grandpa cllr
councillor pc dc sgt imam rabbi pastor coach mister missus matron lady ustad baba nani dada dadi
babcia ciocia pan pani
""")
"""What stands before a name and belongs to it."""

SHORT_TITLES = word_set("mr mrs ms dr prof rev revd cllr fr sr sgt st")
"""Titles that are written with a full stop."""

QUIET_TITLES = word_set("mr mrs ms dr cllr mx prof")
"""Titles that need no capital to be one."""

TITLES_WITH_GIVEN = word_set(
    "sir miss mis nurse auntie aunty aunt uncle nana nan nanny grandma granny grandad coach"
)
"""Titles that, without capitals, need a known name after them."""

CALLED = word_set("called named nicknamed")
"""Words that say: a name follows."""

DOES = word_set("""
adores asked asks attends became began begged bit bites broke called came can't cannot couldn't
cried cries deserves didn't doesn't enjoys explained feels fell felt finds finished flaps found
gets goes got had has hasn't hates helped helps hit hugged isn't joined keeps kept kicks knows
laughed learned learns learnt leaves left likes listened listens lives lost loved loves loved-up
made makes manages masks met misses moved needed needs never noticed plays pushed ran rang reads
refused refuses remembered runs sat saw says screams sits sleeps smiled spent started starts stayed
stims stood struggled struggles stopped suffers taught thinks thrives told took tries understands
used wants wanted wasn't went won't wore works worked wouldn't writes wrote cries and's said sorted
supported supports showed shows spoke speaks listened treats treated gave gives waited waits turned
turns wont cant dont doesnt didnt isnt wasnt wouldnt retired rocks chairs runs covers drives drove
chaired ignored lied apologised resigned laughs hopes hoped sent hides chews drools wanders climbs
wakes woke cuddles whispers nods dribbles hums hummed drew swam sang slept hid bolts bolted signed
chewed rocked promised agreed teaches smiles shouted shouts yells draws sings bullies bullied
pinched slapped helping walks walked ate eats drank drinks dances wears held holds touched swears
swore spat comes comes brings brought rings rang phoned emailed replied attended
chose knew heard fought caught forgot forgave understood bought stole paid
""")
"""What a person does: a word before it that can be a name is one."""

IS = word_set("is was were are might will would can could does did may must should and isn't")
"""What people and things do alike."""

LIKE_A_PERSON = word_set("""
autistic non-verbal nonverbal diagnosed dyslexic deaf blind excluded suspended waiting struggling
happy sad scared worried anxious lonely bullied amazing brilliant fantastic lovely wonderful great
kind patient off out at in under my our his her their always never still so very terrified doing
settled getting going being able unable allowed told given non put placed hurt punched bitten
failed assessed discharged referred adopted fostered frightened hungry upset crying forgotten
ignored blamed taught left moved sent seven eight nine ten eleven twelve five six four three a the
not only just finally too really now adhd has been
""")
"""What follows "is" where a person is spoken of."""

SETTING_CUES = word_set(
    "at attends attend attending attended joined joining leaving left chose visited"
)
"""What stands before a school that somebody names without saying that it is one."""

PLACE_CUES = word_set("in near around outside across throughout from within via to towards through")
"""What stands before a town or village."""

MONTH_CUES = word_set("""
in since until till by last next this of during from before after early late mid every each for
between to and around end on throughout about
""")
"""What stands before a month."""

ONLY_OF_PEOPLE = word_set("""
autistic non-verbal nonverbal diagnosed dyslexic deaf blind excluded suspended bullied waiting my
our six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen under told sent
terrified struggling lonely refused sad worried anxious allowed unable being able non assessed
discharged punched bitten adopted fostered frightened hungry upset crying blamed restrained
""")
"""What is said of people and hardly of a hope or a summer."""

ABSTRACT = word_set("""
hope faith joy patience charity grace art summer autumn winter spring dawn may bill march april
june august harmony destiny mercy serenity courage peace justice honesty trust truth star storm
rain river sunny sky star angel gift blessing favour early cash chance blue king snow honey
sunshine major page stone forest ocean meadow heaven storm rain liberty felicity justice noble bug
bean pickle bear fox
""")
"""Names whose word is more often meant at the start of a sentence."""

GENERIC_PLACES = word_set("""
a academy additional after all also alternative an and another any anxiety apart area as
assessment at autism autistic away awful bad base because before behaviour best better big
boarding both brilliant but by can care catholic centre child children children's childrens choice
choose church city class clinic closed college comprehensive communication community complex
control council county couldn't council's county's current d daily day development different
disability district diagnostic each early education educational either eating emotional english
enough every excellent faith family feeder few fee few first for form former found foundation free
friendly from full gender general get getting going good grammar great ha had hard has hate have
he health hearing her herts hertfordshire high him his home hospital hospital's i if in inclusive
independent infant infants into is it its its junior juniors just key language large last learning
leave leaving left less like little local long love lower main mainstream many maintained medical
middle more most multi my national nearby nearest needs neither new next nhs no normal not nursery
nurture of off old on one only open or ordinary other our out outstanding own paediatric parent
partner past pe physical playgroup poor post pre pre-school preschool previous primary private
provision proper public pupil quiet regular referral residential resource resourced respite right
same school schools second secondary selective semh sen send senco sensory separate she short sick
since sixth small so social some special specialist specialised speech sports staff start started
state stay still stop street suitable summer sunday support swimming teaching than that the their
them then there these they third this those three time to total town trust two under unit
university upper up used usual very via village virtual visual walk-in was way we week welcoming
well went were what when where whether which while whole who whole why will with within without
wonderful wrong year years young your youth health's and's stage autumn spring term top bottom set
maths science reading music drama cooking art empty packed noisy busy calm safe therapy tuition
waiting worry any rural urban inner smaller larger bigger closest another's mixed single girls
boys girls' boys' nurturing supportive english-speaking polish saturday sunday after-school
holiday breakfast lunch homework forest online hearing-impaired deaf blind autism-friendly asd asc
sld pmld pru sats adult adults drop-in baby toddler drug dental eye sleep feeding growth happy
brand fresh wider closer future another further mainstream's half better-funded specialist's
outreach inclusion isolation internal rather loved hated enjoyed liked joined visited changed
moved finding wanted against between monday tuesday wednesday thursday friday year-round every-day
reception receptions ks1 ks2 one's seen three-tier tier leafy called named attended fantastic
terrible amazing horrible lovely dreadful decent worst caring failing strict academic cold huge
tiny packed overcrowded
""")
"""Words that make no school or place recognisable: "My Primary School"."""

NOT_NAMES_WHEN_LOWER = word_set("""
will may can said had has have is was be been made given over under son has him it us them on in
at as to an and no go so do does did or if i he she we you they not my our her his their the a who
that which max sue frank mark bill art rich hope long short young little old older new
""")
"""Names that, without their capital, are the everyday word even after "my son"."""

SURNAMES = word_set("""
patel khan singh kaur begum ahmed hussain malik sheikh iqbal akhtar bibi choudhury chaudhry rahman
miah mirza qureshi siddiqui ansari desai mehta joshi sharma gupta kapoor nair reddy iyer obi
okafor adeyemi balogun nowak kowalski wisniewski popescu ionescu yilmaz demir chen wang zhang
nguyen tran o'brien murphy kelly o'connor o'neill jones davies evans thomas williams hughes
griffiths
""")
"""Surnames that word lists know as something else, or that are met everywhere."""

MOVES = word_set("""
moved went goes go going moving move transferred transfer started back came come transition
transport travel travels transitions trip bus train taxi drive drove flew fly returned relocated
miles far commute
""")
"""What stands before "to" or "from" where a place follows."""

WHO_MISS = word_set("""
i we you they will to would really don't do did i'll we'll you'll might could may also often never
he'd she'd they'd cannot can't always sometimes
""")
"""Words after which "miss" is a verb."""

CALLS = word_set("call calls calling called name named names nickname nicknamed")
WHOM = word_set("him her me them us")
"""Who is called something: "we call him Bear"."""

HAS = word_set("has had have does doesn't")
SEASONS = word_set("summer autumn winter spring art faith justice hope")

TRANSITIVE = word_set("""
told asked gave give helped help met hurt hit hates love loves miss with thank tell ask let
letting see saw push pushed hug hugged left dear and hi for about like
""") - word_set("and for about like left see")
"""What is done to people: a month after it is a name."""

WHO_IS = word_set("""
my our his her their who a the she he aged age another its this seven eight nine ten eleven twelve
six five four
""")
"""What says who somebody is, after a comma."""

ONLY_PEOPLE_DO = word_set("""
cried hugged wont cant dont doesnt didnt wasnt isnt retired drives rang pushes pushed hid hides
hopes waves whispers bites chews
loves likes needs hates cries struggles says said told wants feels goes masks stims cannot can't
started sits plays runs walks eats drinks smiles laughs shouts hits kicks bites hides comes gives
sees hears wears draws writes sings jumps swims cuddles dances giggles flaps rocks learns lives
sleeps screams refuses asks enjoys thinks attends speaks reads gets has
""")
"""What a word without its capital does only if it is a name: "ruby loves"."""

SHORT_FORMS = word_set("elsa ed pip mat si ha vi una ava ali les val")
"""Names that are abbreviations when they are all capitals: PIP, MAT."""

AFTER_VERBS = word_set("""
the a an his her my our their to at in on when every all and if because with it him himself
herself from by for up down out off through about around very so too well alone a lot that like me
us them everything
""")
"""What often follows a verb."""

FINITE = word_set("""
is was has had does did doesn't didn't can can't could couldn't would wouldn't should shouldn't
won't will isn't wasn't hasn't hadn't might must may wont cant dont doesnt didnt isnt wasnt never
always goes comes likes loves hates needs wants cannot
""")
"""Verbs that cannot follow "will" or "mark" unless these are somebody."""

BEFORE_NOUNS = word_set("""
the a an some any no this that these those every each more much little good great real new my our
his her their your of in for with to from by full high low last first only one two it i we they
you he she not there's who which don't didn't would could should can must might and or
""") - word_set("and or")
"""What stands before a thing rather than a name."""

AGENTS = word_set("""
government council health education transport social staff teacher parent family school nobody
everyone somebody local authority team service panel ombudsman tribunal minister office department
trust board state country county god lord society community people management finance admin
reception police law secretary system plan process portal website app support therapy speech
language occupational physio life home house group mother father covid parliament treasury media
leadership governor question answer
""")
"""What does things without being a person."""

SCHOOL_WORDS = word_set(
    "primary secondary nursery college academy hospital clinic class unit base centre"
)
