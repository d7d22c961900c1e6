"""Are these files fit to be judged at all?"""
