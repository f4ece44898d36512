"""The law as pure functions: nothing here knows a database, a file or the time of day."""
