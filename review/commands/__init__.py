"""The commands: the only way a review changes, and the rules they are held to."""
