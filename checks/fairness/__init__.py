"""How groups are held against one another; what several checks share in judging them."""
