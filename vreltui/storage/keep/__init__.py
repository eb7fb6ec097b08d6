"""What must not be lost: saving, the journal, locks, and the folders in which they lie."""
