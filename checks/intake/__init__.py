"""Any people file in, one clean and reconciled snapshot out, or a refusal that says why."""
