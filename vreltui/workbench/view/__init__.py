"""What is seen of an open design: its rows, its summary, and what stands beside the tree."""
