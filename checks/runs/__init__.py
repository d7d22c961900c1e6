"""From a campaign to a run: what was judged, under what, and what was found."""
