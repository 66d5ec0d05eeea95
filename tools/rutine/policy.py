"""What a browser may load and run for a page, said in the page itself: its content security policy. Pure.

The guard refuses a page that holds what runs. Should it ever miss something, the browser does not run it either.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from rutine.tags import tag_of, tokens_of

_NAME = '<meta http-equiv="Content-Security-Policy"'
_REFERRER = '<meta name="referrer" content="same-origin">'  # where a link leads learns nothing of where it stood
_HEAD = re.compile(
    r"\s*(?:<!doctype html>\s*)?(?:<html[^>]*>\s*)?(?:<head>\s*)?(?:<meta charset=\"?utf-8\"?\s*/?>)?", re.IGNORECASE
)
_ALIGNED = re.compile(r'(<t[dh]) style="text-align: (left|center|right);">')
_REST = (
    "style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)  # the theme's icons are data: in its style sheets


def secured(page: str, scripts: re.Pattern[str]) -> str:
    """A page that the guard has let pass, with its policy before all that could load. `scripts` are the theme's own.

    Of the scripts in the page only these run. Inline styles do not count, so cells say otherwise how they are aligned.
    """
    head = _HEAD.match(page)
    at = head.end() if head else 0
    if page.startswith(_NAME, at):
        return page
    allowed = " ".join(["'self'", "'wasm-unsafe-eval'", *dict.fromkeys(_hashes(page, scripts))])
    policy = f"default-src 'none'; script-src {allowed}; {_REST}"
    rest = _ALIGNED.sub(r'\1 align="\2">', page[at:])
    return f'{page[:at]}{_NAME} content="{policy}">{_REFERRER}{rest}'


def _hashes(page: str, scripts: re.Pattern[str]) -> Iterator[str]:
    for token in dict.fromkeys([token for token in tokens_of(page) if token[:7] == "<script"]):
        tag = tag_of(token)
        if tag and not tag.attributes and scripts.fullmatch(tag.content):
            yield f"'sha256-{b64encode(sha256(tag.content.encode()).digest()).decode()}'"
