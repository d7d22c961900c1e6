"""The lists of a review: kept as digests, cleaned, and held against an approval."""
