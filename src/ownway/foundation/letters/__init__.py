"""Letters in every format, and the outbox they leave by."""
