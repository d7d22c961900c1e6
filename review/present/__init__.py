"""The present of a review, folded from all that happened in it."""
