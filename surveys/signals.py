"""What other rooms may listen to without surveys knowing them."""

import blinker

#: Sent inside the transaction of a submission: ``submitted.send(session, response_id=...,
#: questions=("PC06", ...), now=...)`` with the codes of the questions answered in own words.
#: Safeguarding listens, so that words and their place in its queue are committed together.
submitted = blinker.Signal("An answer has been sent")

#: Sent when a person has written down what is said in a recording: ``transcribed.send(session,
#: response_id=..., question=..., words=..., now=...)``. Safeguarding reads these words too.
transcribed = blinker.Signal("What is said in a recording has been written down")

#: Sent when a facilitator has written down what a group made: ``artefact_kept.send(session,
#: artefact_id=..., question="", words=..., now=...)``. Safeguarding reads these words too.
artefact_kept = blinker.Signal("A session has made something")

#: Sent when answers are taken out, before they are erased: ``withdrawn.send(session,
#: response_id=...)``. A listener returns the codes of the questions whose words somebody still
#: has to read for safety; those words stay where they are, counted and shown nowhere.
withdrawn = blinker.Signal("Answers have been taken out")
