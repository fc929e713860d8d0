"""The demo: two invented consultations, walked from first answer to published page.

It enters everything through the same services as real people and staff; only the words are ours.
"""
