"""What comes in from outside, read into clean values: searches, feeds, sheets and postcodes."""

from ownway.community.directory.forms.crawling import Crawl, folder_for
from ownway.community.directory.forms.feeds import Feed, read_feed
from ownway.community.directory.forms.jsonfeed import CannotRead
from ownway.community.directory.forms.onspd import PostcodeFile
from ownway.community.directory.forms.reading import Fault
from ownway.community.directory.forms.search import SearchDirectory
from ownway.community.directory.forms.sheet import Sheet
from ownway.community.directory.forms.telling import FindEvents, SendShortlist, TellMistake
from ownway.community.directory.forms.trying import Reading, Trial, tried

__all__ = [
    "CannotRead",
    "Crawl",
    "Fault",
    "Feed",
    "FindEvents",
    "PostcodeFile",
    "Reading",
    "SearchDirectory",
    "SendShortlist",
    "Sheet",
    "TellMistake",
    "Trial",
    "folder_for",
    "read_feed",
    "tried",
]
