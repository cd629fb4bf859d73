"""Pages of sessions: the desk's, the public's, the company's."""
