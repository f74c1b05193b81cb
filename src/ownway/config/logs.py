"""What the log leaves out: a refusal is no fault of ours, so it is one line without a traceback."""

import logging


class RefusalsOnOneLine(logging.Filter):
    """Take the traceback off an answer below 500; the address and the reason stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
