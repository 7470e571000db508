"""XML of the news: feeds, formats of agencies and papers, texts of scholars."""
