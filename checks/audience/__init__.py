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
language, region   text    likewise time_zone, offer and creative
CH.source          text    where the yes was collected; likewise CH.method, by which form
CH.preticked       bool    its box was ticked in advance; likewise CH.bundled (with other
                           things) and CH.incentive (something was given for it)
CH.purchased       day     the last purchase an implied yes rests on; likewise CH.inquired
notice.version     text    the notice that the person was given
notice.given       day     and when
last_activity      day     the last thing the person did
price              amount  what the person would pay, in points that `merge_below` people
                           or more share; rarer prices stand together as their mean
score              number  of a model, to compare; `Audience.cuts` tells where it parts the
                           people into equal lots
stratum.COLUMN     text    a declared stratifier: words, bands, or an attribute's groups
special.NAME       text    value of a sensitive field; whoever lacks the trait is "absent"
explicit.NAME      bool    the person agreed explicitly to the use of a sensitive field
signals.gpc        bool    the browser says no to sale and sharing
signals.gpp        text    opted out, not opted out, unreadable: of sale, sharing or
                           targeted advertising, in any American section
signals.tcf        text    read, unreadable
signals.tcf_1      bool    the consent string agrees to purpose 1; likewise _3 and _4
signals.tcf_made   day     when it was made
signals.tcf_shown  bool    it has the segment of vendors that were disclosed
signals.seen       day     when the last signal came
outcomes.arm       text    the arm of a trial
outcomes.converted bool    likewise delivered, complained, opted_out and deleted
================== ======= ==========================================================

A fact whose column the campaign does not name does not exist: ask `has` first.

Words of few people do not leave. Groups of attributes, segments, languages and regions are called
by their names; the values of other columns that fewer than `merge_below` people share, and those
of a column with over a hundred such values, are called "rare value 1", "rare value 2" …: people
can still be told apart by them, and nobody can be recognised.

Rows with one key are one person. Of what was said about a channel the last word counts; on the
list and do-not-contact hold where any row says so; a rule is met where every row meets it; what
else the rows disagree on is not known. Of days of activity the latest counts, of signals the most
protective. An outcome whose every value says that it happened names all to whom it did; to the
others it did not.
"""

from __future__ import annotations

from checks.audience.answers import Audience, Count
from checks.audience.facts import ABSENT, SMALLER
from checks.audience.keys import KeyFacts

__all__ = ["ABSENT", "SMALLER", "Audience", "Count", "KeyFacts"]
