"""The flows as Prefect runs them: a door, loaded only by the processes that serve or carry them out."""
