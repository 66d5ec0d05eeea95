"""`rutine notify`."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from rutine.cli import _
from rutine.cli._common import Day, day_option, format_option, handbook_option, locate, progress, put, today_or

if TYPE_CHECKING:
    from rutine.model import Settings
    from rutine.notices import Digests
    from rutine.send import Sent, Server

PASSWORD = "RUTINE_SMTP_PASSWORD"  # noqa: S105  # the name of the variable that holds it
SECURITY = ("starttls", "tls", "none")
Way = Callable[["Digests"], "Sent"]


@click.command(
    name="notify",
    help=_(
        "Tell people of the reviews that fall due, one message a day for each of them at most: the owner before the day"
        " and on it, the manager after it, as handbook.yml says under notices.\n\n"
        "Run it every day. Without --smtp, --webhook or --apprise nothing is sent: the messages are shown."
        " It exits with 3 if something could not be sent."
    ),
)
@click.option(
    "--since", type=Day(), help=_("The day of the last run. What fell due after it is told. Yesterday if not given.")
)
@click.option("--smtp", metavar="HOST:PORT", help=_("Send mail by this server."))
@click.option(
    "--smtp-security",
    type=click.Choice(SECURITY),
    default="starttls",
    show_default=True,
    help=_("How talk with the server is kept secret: starttls, tls from the beginning, or none."),
)
@click.option(
    "--smtp-user", metavar="NAME", help=_("The user to sign in as. The password stands in RUTINE_SMTP_PASSWORD.")
)
@click.option("--webhook", metavar="URL", help=_("Send all messages to this address, as JSON in one POST."))
@click.option("--apprise", metavar="URL", help=_("Send the messages by Apprise, which knows many services."))
@click.option("--dry-run", is_flag=True, help=_("Show the messages and send nothing."))
@format_option("digests", _("How to show the messages: text or json."))
@day_option
@handbook_option
def command(
    since: date | None, smtp: str | None, smtp_security: str, smtp_user: str | None, webhook: str | None,
    apprise: str | None, dry_run: bool, format_: str, today: date | None, handbook: Path,
) -> None:  # fmt: skip
    """Send what is to be told, or show it."""
    from rutine.deadlines import deadlines
    from rutine.formats import render
    from rutine.notices import digests
    from rutine.settings import read_settings
    from rutine.survey import survey

    day = today_or(today)
    last = since or day - timedelta(days=1)
    if last > day:
        raise click.UsageError(_("--since is a day that is still to come. Give the day of the last run."))
    root = locate(handbook)
    settings = read_settings(root)
    ways: list[Way] = []
    if smtp:
        ways.append(_by_mail(settings, _server(smtp, smtp_security, smtp_user)))
    if webhook:
        ways.append(_by_webhook(webhook))
    if apprise:
        ways.append(_by_apprise(apprise))
    found = digests(settings, deadlines(survey(root, settings, progress()), day), last, day)
    if dry_run or not ways:
        put(render(format_, "digests", found), format_)
        return
    _send(found, ways)


def _send(found: Digests, ways: list[Way]) -> None:
    """Send by every way, tell how it went, and exit with 3 if something could not be sent."""
    from rutine.formats._digest import unreached
    from rutine.formats._plain import printable
    from rutine.i18n import render
    from rutine.model import say

    language = found.settings.language
    results = [way(found) for way in ways] if found.digests else []
    told = (printable(render(message, language)) for result in results for message in result.told)
    for line in (*unreached(found), *told):
        click.echo(line, err=True)
    failed = sum(result.failed for result in results)
    taken = sum(result.taken for result in results)
    click.echo(render(say("Messages sent: {count}. Failed: {failed}.", count=taken, failed=failed), language))
    if failed:
        raise SystemExit(3)


def _server(where: str, security: Any, user: str | None) -> Server:
    """The mail server that the options name."""
    from rutine.send import Server

    host, _colon, port = where.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise click.BadParameter(
            _("{value} is not HOST:PORT, such as mail.example.org:587.").format(value=where), param_hint="'--smtp'"
        )
    password = os.environ.get(PASSWORD, "")
    if user is not None and not password:
        raise click.UsageError(
            _("The password of {user} is missing. Put it in RUTINE_SMTP_PASSWORD.").format(user=user)
        )
    if not f"{user}{password}".isascii():
        raise click.UsageError(_("Mail servers take no letters but a to z in the user's name and the password."))
    if user is not None and security == "none":
        raise click.UsageError(_("A password is not sent in the open. Choose starttls or tls for --smtp-security."))
    return Server(host, int(port), security, user, password)


def _by_mail(settings: Settings, server: Server) -> Way:
    from rutine.send import send_mail

    if not settings.notices.sender:
        raise click.UsageError(
            _("handbook.yml does not say whom mail comes from. Add it: notices: {sender: quality@example.org}")
        )
    return lambda found: send_mail(found, server, datetime.now(UTC))


def _by_webhook(url: str) -> Way:
    from rutine.send import send_webhook

    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and parts.hostname and url.isascii() and url.isprintable()
    except ValueError:
        is_web = False
    if not is_web or " " in url:
        raise click.BadParameter(
            _("This is no address that begins with https:// or http://."), param_hint="'--webhook'"
        )
    return lambda found: send_webhook(found, url)


def _by_apprise(url: str) -> Way:
    from rutine.send import apprise_way, send_apprise

    way = apprise_way(url)
    return lambda found: send_apprise(found, way)
