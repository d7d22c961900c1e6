"""Who is who: accounts, roles, and what a provider vouches for."""
