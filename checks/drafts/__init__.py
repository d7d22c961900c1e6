"""From people's files and a few plain facts to a campaign file."""
