"""How files of each kind name the fields of an article."""
