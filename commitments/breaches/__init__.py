"""违诺处理: one case, from the candidate to the decision and out of it again. Read top to bottom: rules, models, actions, queries, pages."""
