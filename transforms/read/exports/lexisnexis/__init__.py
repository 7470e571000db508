"""LexisNexis and Nexis Uni: the classic layout and the newer one."""
