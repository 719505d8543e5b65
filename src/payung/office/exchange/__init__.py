"""What goes to the insurer and what comes back: batches, their lines, answers."""
