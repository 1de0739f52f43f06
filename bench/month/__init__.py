"""What is true of the sample month, and how an edition that was made of it compares."""
