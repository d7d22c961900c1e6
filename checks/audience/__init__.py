"""The people: questions in, counts out. The only module that touches rows once they are taken in.

The person view has one row a person (or one a group of people, with a weight). Its columns are
*facts* as of the launch day, never judgements:

================== ======= ==========================================================
fact               type    meaning
================== ======= ==========================================================
targeted           bool    on the list
segment            text    the part of the list (absent when the campaign has none)
attribute.NAME     text    group of a declared attribute; bands are named "18 to 24",
                           "under 18", "65 and over"; not known = missing; groups of
                           fewer than `merge_below` people are "smaller groups"
quasi.NAME         text    a quasi-identifier: the banded attribute, or the column
age                int     age in whole years on launch day, the younger where only a
                           birth year is known (from the attribute that gives an age)
rule.N             bool    whether the person meets rule N (0, 1, … as in the file); where
                           the value is not known, only "not among" is met
field.NAME         any     the column of a rule, a quasi-identifier or a declared field
                           (text only where it has few words); numbers and days can be
                           compared, not counted by
suppressed         bool    on the do-not-contact list
suppression.since  day     when the person asked, in the do-not-contact file; likewise
                           suppression.effective, when it took effect
vulnerable.NAME    bool    a flag for people in a vulnerable position
CH.status          text    granted, denied, withdrawn, objected, other; missing = no
                           record. CH is the channel's name
CH.given           day     when the yes was given (the later of given and reconfirmed)
CH.expires         day     when it says it ends
CH.proof           bool    a reference to the proof is kept
CH.wording         bool    the wording that was agreed to is kept
CH.refused         bool    a column of its own says no to this channel (`refused`)
CH.strange_no      bool    a no to a purpose that the campaign file nowhere names, and no later
                           yes (only from events)
CH.purpose_fits    bool    the yes names this channel's purpose (true where the file
                           has no purpose column)
contacts.email_7d  int     contacts in the 7 days before the launch day; likewise
                           contacts.text_push_7d and contacts.total_30d
language, region   text
================== ======= ==========================================================

A fact whose column the campaign does not name does not exist: ask `has` first.

Words of few people do not leave. Groups of attributes, segments, languages and regions are called
by their names; the values of other columns that fewer than `merge_below` people share, and those
of a column with over a hundred such values, are called "rare value 1", "rare value 2" …: people
can still be told apart by them, and nobody can be recognised.

Rows with one key are one person. Of what was said about a channel the last word counts; on the
list and do-not-contact hold where any row says so; a rule is met where every row meets it; what
else the rows disagree on is not known.
"""

from __future__ import annotations

from checks.audience.answers import Audience, Count
from checks.audience.facts import SMALLER
from checks.audience.keys import KeyFacts

__all__ = ["SMALLER", "Audience", "Count", "KeyFacts"]
