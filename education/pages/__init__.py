"""Pages of education: the public's, of who learns under a code, the company's, the desk's."""
