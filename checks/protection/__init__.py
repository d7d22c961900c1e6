"""Is no more known, kept and passed on than needed?"""
