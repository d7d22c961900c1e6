"""Small numbers about people are withheld, so that nobody can be worked out."""
