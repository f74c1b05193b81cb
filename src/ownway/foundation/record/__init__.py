"""What happened, who looked, what is due and by when."""
