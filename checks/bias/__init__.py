"""Is any group shut out, or pressed, more than others?"""
