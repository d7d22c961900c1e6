"""Ranges, ratios and luck from counts: thin over scipy and statsmodels."""
