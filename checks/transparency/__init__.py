"""Do people learn who we are, what we use, and why?"""
