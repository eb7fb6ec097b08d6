"""What the architect does to what is selected: each makes a change, and applies none."""
