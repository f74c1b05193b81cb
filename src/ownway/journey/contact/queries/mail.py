"""An e-mail read into plain words, whoever wrote it and however it was sent."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256

MOST_BYTES = 20_000_000
MOST_LETTERS = 5000
ROBOTS = ("mailer-daemon", "postmaster", "no-reply", "noreply", "donotreply")
REPLY = re.compile(r"^\s*((re|fw|fwd|aw)\s*:\s*)+", re.IGNORECASE)
QUOTED = re.compile(
    r"^(On .{0,200} wrote:|-{2,}\s*Original Message\s*-{2,}|From: .*|_{10,})\s*$",
    re.IGNORECASE | re.MULTILINE,
)


class NotAMail(ValueError):
    """These bytes are not an e-mail that somebody wrote to us; the words say why."""


@dataclass(frozen=True)
class Mail:
    """One e-mail in plain words."""

    key: str
    answers: tuple[str, ...]
    from_name: str
    from_email: str
    subject: str
    body: str
    files: tuple[str, ...]
    sent_at: datetime | None

    @property
    def thread(self) -> str:
        """The subject without its "Re:"s, as threads share it."""
        return REPLY.sub("", self.subject).strip()


def read_mail(raw: bytes) -> Mail:
    """Read an e-mail as it stands in an .eml file.

    Raises:
        NotAMail: it is too large, not an e-mail, has no sender, or was written by a machine.
    """
    if len(raw) > MOST_BYTES:
        raise NotAMail("This file is larger than 20 MB. Save the e-mail without its attachments")
    mail = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(raw)
    name, address = parseaddr(_header(mail, "From"))
    if not re.fullmatch(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,180}", address):
        raise NotAMail("This is not an e-mail: it names no sender. Save it again as .eml")
    _refuse_robots(mail, address)
    return Mail(
        key=(_ids(_header(mail, "Message-ID")) or [sha256(raw).hexdigest()])[0][:250],
        answers=tuple(_ids(f"{_header(mail, 'In-Reply-To')} {_header(mail, 'References')}")),
        from_name=_clean(name)[:160],
        from_email=address.lower(),
        subject=_clean(_header(mail, "Subject"))[:200],
        body=_body(mail),
        files=tuple(_clean(str(one.get_filename() or "a file"))[:120] for one in _files(mail)),
        sent_at=_sent(mail),
    )


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text; one that breaks the rules of e-mail counts as empty."""
    try:
        return str(mail.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _ids(text: str) -> list[str]:
    return re.findall(r"<[^<>\s]+>", text)


def _refuse_robots(mail: EmailMessage, address: str) -> None:
    automatic = _header(mail, "Auto-Submitted").lower()
    if (automatic and automatic != "no") or address.lower().split("@")[0] in ROBOTS:
        raise NotAMail("A machine wrote this e-mail: an automatic reply, or one that bounced")


def _files(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.walk() if part.get_content_disposition() == "attachment"]


def _body(mail: EmailMessage) -> str:
    text = _part(mail, "text/plain")
    if not text.strip():
        text = _without_markup(_part(mail, "text/html"))
    return _own_words(_clean(text, lines=True))[:MOST_LETTERS]


def _part(mail: EmailMessage, kind: str) -> str:
    for part in mail.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _decoded(payload, part.get_content_charset() or "utf-8")
    return ""


def _decoded(payload: bytes, charset: str) -> str:
    try:
        return payload.decode(charset, errors="replace")
    except LookupError:
        return payload.decode("utf-8", errors="replace")


def _without_markup(text: str) -> str:
    text = re.sub(r"(?is)<(script|style|head).*?</\1\s*>", " ", text)
    text = re.sub(r"(?i)<(br|/p|/div|/tr|/li)\b[^>]*>", "\n", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def _own_words(text: str) -> str:
    """What is new in it: quoted mail below is on the thread already."""
    quoted = QUOTED.search(text)
    own = text[: quoted.start()] if quoted and text[: quoted.start()].strip() else text
    kept = [line for line in own.splitlines() if not line.startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() or text.strip()


def _clean(text: str, *, lines: bool = False) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    kept = "".join(c for c in whole if c.isprintable() or (lines and c in "\n\t"))
    return kept if lines else " ".join(kept.split())


def _sent(mail: EmailMessage) -> datetime | None:
    try:
        sent = parsedate_to_datetime(_header(mail, "Date"))
    except (ValueError, TypeError, IndexError):
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)
