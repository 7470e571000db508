"""Containers: archives and mailboxes, taken apart into members that are documents of their own.

A module for each kind has one function, ``entries``, from an `Opening` to the members and to
what is passed over, in the container's own order. `unpack` calls it, keeps the members by the
hash of their bytes and opens those that are containers in turn.

What becomes of a container follows from its bytes and the limits alone: its members are
taken all or, with a reason, none.
"""
