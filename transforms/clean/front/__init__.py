"""The front of an article: headline, byline, dateline, standfirst."""
