"""Lists that leave, and lists that come back to be held against an approval."""
