"""The document of a review: its editions, pages, words and pictures."""
