"""Words that weigh for or against a name: which are seldom a word, and what beings do."""

from analysis.language.namewords import word_set

SAID_OF_SOMEBODY = word_set("""
his her on two three four five nine ten leaving retiring kind patient wonderful brilliant lovely
amazing fantastic
""")
"""What is said of people, and of a season or a subject too."""

CORE_ABSTRACT = word_set("""
hope faith joy patience charity grace art summer autumn winter spring may march april june august
harmony destiny mercy serenity courage peace justice honesty trust truth cash chance early liberty
felicity star gift blessing blue honey snow rain ocean meadow heaven storm forest stone page
christian black green brown white grey major miles bug bean pickle sky river will mark max
""")
"""Names whose word is still the likelier one beside a verb of any kind."""

HARDLY_WORDS = word_set("""
ali billy milly tilly dolly
bo bailey maverick bambi arun shiv jai bodhi
bev jo jay jas jazz jim ken kay vic val mo lou lee deb bob bonnie barney basil hank gus heather
hazel holly daisy lily ruby poppy penny carol dean glen iris ivy jade jasmine jock joss juniper kit
lorna mel merlin misty molly opal olive paige paisley pearl piper preston reggie robbie robin
rosemary rowan russell rusty savannah stella taylor teddy toby todd trinity troy violet wade wendy
woody amber amy ginger clementine constance florence georgia chelsea jordan sydney paris austin
brooke scarlett willow maple sandy shelly queenie blossom treasure princess jesse les al vi lil
don dee ree tel bex
""")
"""Names that are words too, and yet rarely meant as these when they stand alone."""

BEFORE_LETTERS = word_set("""
a an the capital letter letters two three four five six one year years i re vs v no non per straight
all most got grade predicted of big this that every each some any hep
""")
"""What stands before a letter that is a mark or a kind of thing: "a C", "Year R"."""

JOBS = word_set("""
cook caretaker cleaner handler receptionist librarian bursar escort chef gardener governor barber
chaplain plumber volunteer chairman chairwoman chair secretary manager boss guard warden ranger
lollipop dinner lunch taxi bus social key support guide school speech occupational family youth
""")
"""What somebody does, after a name: "Babs the cook"."""

OWNED = word_set("""
plan ehcp ehc teacher mum mam dad mother father parents ta taxi school anxiety behaviour needs
assessment brother sister nan hair name file transport diagnosis hearing speech friend friends
senco key keyworker escort case carer carers twin mummy daddy nana seizures autism adhd chair
wheelchair tube medication meds legs hands voice face story attendance placement tutor helper
social draft bag coat shoes turn gran grandad family house room bed birthday progress reading
""")
"""What people have and seasons have not: "Summer's taxi"."""

ONLY_BEINGS = word_set("""
hates loves cries bites hides sleeps smiles laughs screams masks stims kicks shouts struggles won't
wont hugged cried bit hid hit flaps giggles rocks waits panics thinks knows wants likes sees hears
""")
"""What is said of beings alone, so that even a town before it is a child."""

CLERKS = word_set("""
said told rang emailed wrote refused agreed promised replied signed phoned called lied apologised
ignored explained resigned retired hung never left visited attended answered
""")
"""What somebody in an office does."""

ADVERBS = word_set("""
also still now just really always never then often only even already finally eventually actually
currently sometimes usually though rarely barely simply suddenly recently nearly almost hardly
constantly quickly slowly soon once ever sadly luckily absolutely literally alone himself herself
""")
"""What may stand between somebody and what they do."""

SELDOM_WORDS = word_set("""
bev jay jas kay vic lou deb billy milly tilly amy lorna russell stella wendy todd toby teddy
reggie robbie rory paisley sydney georgia chelsea jordan jess bex lorna jock basil hank maverick
""")
"""Those that are so rarely a word that they need no capital."""
