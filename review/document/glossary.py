"""The words of the document that are not everyday words, each in a sentence or two."""

from __future__ import annotations

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("List", "The people who would get this campaign."),
    ("File", "Everyone who could have been chosen; the list is a part of it."),
    ("Said yes, said no", "What somebody answered about a channel, as the newest word on file."),
    (
        "Fails",
        "The rule is not met on this list, and chance does not explain it. Not what anybody meant.",
    ),
    ("Cannot tell", "Data are missing, or there are too few people. It is never taken for good."),
    ("Watch", "A real difference that is smaller than the limit, or near it."),
    ("Needs a person", "Counting cannot answer it. What there is to see is laid out."),
    ("Clear", "Somebody looked, and found nothing against the rule; the numbers show it."),
    ("Does not apply", "The rule does not concern this campaign; the reason is given."),
    (
        "Times as often",
        "The chosen share of one group over that of the reference group; 0.80 is four fifths.",
    ),
    (
        "Range",
        "How far luck alone can move a number: 95 of 100 such ranges hold the true one.",
    ),
    ("Luck", "How often a fair choice would show such a gap, by chance alone."),
    (
        "Smaller groups",
        "Groups of fewer than ten people, put together so that nobody can be recognised.",
    ),
    (
        "Not shown",
        "A number that was left out so that no person can be recognised from it.",
    ),
    (
        "Stops the launch",
        "Until it is mended, or accepted as an exception by a second person, nobody can approve.",
    ),
    ("Exception", "A failure or gap that two people accept until a day, with a reason."),
    ("Condition", "What an approval asks for: what, who and by when."),
    ("Computed", "Answered by counting alone; no person's name stands under it."),
    ("Record", "Everything that happened in this review, each event bound to the one before."),
    ("Fingerprint", "A number made from every byte. Change one byte and it is another number."),
    (
        "Seal",
        "An organisation's key over every byte: nothing changed since. No personal signature.",
    ),
)
