"""``report.html``: what a corpus holds, for a paper and for people."""
