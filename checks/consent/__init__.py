"""May we contact these people, and can they say no?"""
