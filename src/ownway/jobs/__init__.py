"""The job runner and the timetable."""
