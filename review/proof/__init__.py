"""The proof of a document: its seal, and whether it can be believed."""
