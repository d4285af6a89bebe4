"""Reading Word and Excel files that schools wrote before they had this program: from the
bytes of a file to a year file (`qualityplan/1`) with a report of what is in doubt.
Nothing here asks the database or writes anything."""

from plans.reading.refusals import DocumentRefused

__all__ = ["DocumentRefused"]
