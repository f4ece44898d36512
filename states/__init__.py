"""What a household, a case, a task or a paper is, what may happen next, and every way we say no."""
