"""What is kept. SQL lives in this room and nowhere else."""
