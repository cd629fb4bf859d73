"""The verbs: ask, tell, report; and what keeps the states of subjects."""
