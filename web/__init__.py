"""The workspace of the people who approve, the public notice board, and the JSON API. A door."""
