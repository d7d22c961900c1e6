"""What happens around a review and leaves it as it is: papers, lists, people data, the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from review import events
from review.document import sentences


@dataclass(kw_only=True)
class House:
    """What is known of it after the events so far."""

    words: Callable[[str], str]
    """The words behind a hash."""
    members: Mapping[str, str] = field(default_factory=dict)
    """By channel: SHA-256 of the digests of those whom the last approval covers."""
    revision: int = 0
    """The revision whose approval that is."""

    def members_of(self, revision: int) -> Mapping[str, str]:
        """Those that were kept with the approval of a revision."""
        return self.members if self.revision == revision else {}

    def take(self, event: events.Event, who: str) -> str:  # noqa: PLR0911 — one case a kind
        """Take one event in, and tell it as a sentence; nothing where it is none of this."""
        match event:
            case events.Exported():
                return sentences.exported(who, event.edition, event.audience, event.sha256)
            case events.Refused():
                return sentences.refused(who, event.command, self.words(event.because))
            case events.ListsMade():
                return sentences.lists_made(who, event.kept, event.removed)
            case events.MembersKept():
                self.members, self.revision = dict(event.files), event.revision
                return sentences.members_kept(who, event.people)
            case events.Released():
                return sentences.released(who, event.answer, event.channel, event.counts)
            case events.PeopleDataDeleted():
                self.members, self.revision = {}, 0
                return sentences.people_data_deleted(who)
            case events.TextsErased():
                return sentences.texts_erased(who, len(event.texts), self.words(event.reason))
            case events.Restored():
                return sentences.restored(who, event.anchored, self.words(event.reason))
            case _:
                return ""
