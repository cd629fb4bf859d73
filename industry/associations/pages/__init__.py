"""Pages of associations: the public's, the association's and the member's, the desk's."""
