"""Files that people write: read strictly, whole, with every problem told at once."""
