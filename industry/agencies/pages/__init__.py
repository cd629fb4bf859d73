"""Pages of agencies: the public's, the company's, the desk's."""
