"""Words that rules for redaction must not mistake for names of people or places."""

_ROLE_WORDS = """
act and at be but can consultant coordinator could department did does for from had has have i in
is it led manager may of on or practitioner said says she should specialist teacher team that the
they this to trust unit was we were what when who will with would
"""

_NEVER_NAMES = """
adhd april asian august autism autistic braille britain british camhs christmas covid dad december
easter ehcp england english european facebook february french friday german god google
hertfordshire herts january july june lego london makaton march maths may minecraft monday mum nan
november october polish reception saturday science sen senco send september spanish sunday teams
thursday tuesday wednesday year zoom
"""

_GENERIC_PLACES = """
a academy after all also an and any as at because before both but by can children's college
community day each every for form from going good great had has have he her high his i if in
infant infants is it its junior local lower mainstream many middle most my new no not nursery of
on or other our pre pre-school primary private public school schools secondary sen send she sixth
small some special specialised specialist state that the their them then there these they this
those to under up upper was we well were what when where which while who why will with year your
"""

ROLE_WORDS = frozenset(_ROLE_WORDS.split())
"""What may follow a title without being a name: "Nurse in charge"."""

NEVER_NAMES = frozenset(_NEVER_NAMES.split())
"""Words with a capital letter that are not people."""

GENERIC_PLACES = frozenset(_GENERIC_PLACES.split())
"""Words that make no school or place recognisable: "My Primary School"."""

NOT_ALWAYS_NAMES = frozenset({"frank", "max", "sue"})
"""Given names that are words too: without their capital they are left alone."""
