"""What other rooms may listen to without surveys knowing them."""

import blinker

#: Sent inside the transaction of a submission: ``submitted.send(session, response_id=...,
#: questions=("PC06", ...), now=...)`` with the codes of the questions answered in own words.
#: Safeguarding listens, so that words and their place in its queue are committed together.
submitted = blinker.Signal("An answer has been sent")
