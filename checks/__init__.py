"""Judges a campaign: counts people, holds the counts against the policy, says what it found."""
