"""To the network, where the user names a way: what people are told of reviews, by mail, by webhook or by Apprise."""

from __future__ import annotations

import smtplib
import ssl
import warnings
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from rutine import __version__, formats
from rutine.errors import UsageError
from rutine.formats._digest import subject, text
from rutine.formats._mail import mail
from rutine.model import Message, say
from rutine.notices import Digests

TIMEOUT = 30  # seconds
Security = Literal["starttls", "tls", "none"]
_STAYS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)


class Server(NamedTuple):
    """A mail server, how talk with it is kept secret, and as whom it is talked to."""

    host: str
    port: int
    security: Security = "starttls"
    user: str | None = None
    password: str = ""


class Sent(NamedTuple):
    """How many messages one way has taken, how many it has not, and what there is to tell of that."""

    taken: int
    failed: int
    told: tuple[Message, ...] = ()


def send_mail(found: Digests, server: Server, now: datetime) -> Sent:
    """A message to each person who has an address. One that fails keeps back no other."""
    people = found.settings.people
    wanted = [digest for digest in found.digests if people[digest.person].email]
    told = [_without_address(people[digest.person].full_name) for digest in found.digests if digest not in wanted]
    taken, connection = 0, None
    for digest in wanted:
        try:
            message = mail(found, digest, now)
            connection = connection or _connect(server)
            connection.send_message(message)
            taken += 1
        except UsageError as error:  # no address
            told.append(error.message)
        except _UnreachableError as error:  # what is true for one is true for all
            told.append(_no_way(f"{server.host}:{server.port}", error.reason))
            break
        except OSError as error:  # every error of smtplib is one
            told.append(_failure(people[digest.person].full_name, error))
            connection = connection if isinstance(error, _STAYS) else None
    if connection:
        _leave(connection)
    return Sent(taken, len(wanted) - taken, tuple(told))


class _UnreachableError(Exception):
    """The mail server does not take anything."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _connect(server: Server) -> smtplib.SMTP:
    """A connection that keeps secrets as was asked for. Raises _UnreachableError where there can be none."""
    context = ssl.create_default_context()
    connection: smtplib.SMTP | None = None
    try:
        if server.security == "tls":
            connection = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user is not None:
            connection.login(server.user, server.password)
    except OSError as error:
        if connection:
            connection.close()
        raise _UnreachableError(error) from None
    return connection


def _leave(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except OSError:  # all is sent
        connection.close()


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: what was meant for one address is not sent to another."""

    def redirect_request(self, *_: Any) -> None:
        """None, which makes an error of it."""


def send_webhook(found: Digests, url: str) -> Sent:
    """All digests as JSON, in one POST. What an address holds beside its host may be secret, and is never told."""
    content = formats.render("json", "digests", found).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"rutine/{__version__}"}
    request = Request(url, content, headers, method="POST")  # noqa: S310  # the command takes http and https only
    host = urlsplit(url).hostname or ""
    try:
        with build_opener(_Stay).open(request, timeout=TIMEOUT):
            return Sent(len(found.digests), 0)
    except HTTPError as error:
        error.close()
        return Sent(0, len(found.digests), (say("{host} answered {status}.", host=host, status=error.code),))
    except (OSError, ValueError) as error:
        return Sent(0, len(found.digests), (_no_way(host, error),))


def apprise_way(url: str) -> Callable[[str, str], bool]:
    """What sends a title and a text by Apprise. Raises UsageError where it is not installed, or does not know the address."""
    try:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of others' code
            import apprise  # an extra

            sender = apprise.Apprise()
            is_known = sender.add(url)
    except ImportError:
        message = say('Apprise is not installed. Install it: pip install "rutine[notify]"')
        raise UsageError(message) from None
    if not is_known:
        raise UsageError(say("Apprise does not know this kind of address. See its list of services."))
    return lambda title, body: bool(sender.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT))


def send_apprise(found: Digests, way: Callable[[str, str], bool]) -> Sent:
    """A message for each person, by what `apprise_way` gave."""
    people = found.settings.people
    failed = [digest for digest in found.digests if not way(subject(found, digest), text(found, digest))]
    names = (people[digest.person].full_name for digest in failed)
    told = (say("{name} was not told: Apprise could not send it.", name=name) for name in names)
    return Sent(len(found.digests) - len(failed), len(failed), tuple(told))


def _without_address(name: str) -> Message:
    return say("{name} has no e-mail address in handbook.yml, and was not told.", name=name)


def _failure(name: str, error: Exception) -> Message:
    return say("{name} was not told: {problem}", name=name, problem=_problem(error))


def _no_way(host: str, error: Exception) -> Message:
    return say("{host} could not be reached, or refused: {problem}", host=host, problem=_problem(error))


def _problem(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_decoded(told)}" for code, told in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return str(error) or type(error).__name__


def _decoded(told: bytes | str) -> str:
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else told
