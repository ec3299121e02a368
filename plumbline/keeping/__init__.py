"""What is kept, for how long, how it is saved and moved, and who looked."""
