"""What runs beside the pages in processes of its own: the ticker, and the flows as Prefect runs them. A door."""
