"""A run, and the catalogue, for terminals, pipelines and readers."""
