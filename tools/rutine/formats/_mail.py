"""A digest as mail (RFC 5322): plain text in UTF-8. The same person and day give the same Message-ID."""

from __future__ import annotations

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from rutine.errors import UsageError
from rutine.formats._digest import subject, text
from rutine.formats._plain import printable
from rutine.model import say
from rutine.notices import Digest, Digests


def mail(found: Digests, digest: Digest, sent: datetime) -> EmailMessage:
    """The message. Raises UsageError where the person has no address that mail can be sent to."""
    settings, person = found.settings, found.settings.people[digest.person]
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(settings.name, settings.notices.sender or "")
    message["To"] = _address(person.full_name, person.email or "")
    message["Subject"] = subject(found, digest)
    message["Date"] = sent
    message["Message-ID"] = message_id(found, digest)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text(found, digest), charset="utf-8")
    message["Content-Language"] = digest.language
    return message


def message_id(found: Digests, digest: Digest) -> str:
    """The same for a person on a day in this handbook, so that a copy can be told from a message."""
    name = "\0".join((found.settings.name, digest.person, found.today.isoformat()))
    domain = (found.settings.notices.sender or "").rpartition("@")[2] or "rutine.invalid"
    return f"<{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@{domain}>"


def _address(name: str, address: str) -> Address:
    """A name with its address. No line break passes, and what is no address is refused."""
    if address.isprintable() and address.count("@") == 1 and not set(address) & set(' ,;:<>()[]"\\'):
        try:
            return Address(display_name=printable(name), addr_spec=address)
        except (ValueError, IndexError, MessageError):  # what Python's own reader of addresses refuses
            pass
    told = say("{name} was not told: {address} is no e-mail address.", name=name, address=printable(address) or "–")
    raise UsageError(told)
