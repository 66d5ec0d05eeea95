"""To disk: the files of a new handbook, and a new document or record in one that there is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from rutine import __version__
from rutine.errors import UsageError
from rutine.i18n import translate
from rutine.kinds import Kind
from rutine.model import Handbook, Settings, say
from rutine.read import find_root
from rutine.skeleton import fits, skeleton
from rutine.write import write_file
from rutine.yaml_text import yaml_text

TEMPLATE = Path(__file__).parent / "template"
LOOKS = Path(__file__).parent / "theme" / "mkdocs.yml"  # of a site whose handbook does not say otherwise
LONGEST = 60  # characters of a file's name

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "þ": "th", "ð": "d"})
_NUMBERED = re.compile(r"(.*?)(\d+)\Z", re.DOTALL)
_MARKED = re.compile(r"([\\`*_\[\]<>#|])")
_HIDDEN = re.compile(r"(^|/)dot-")  # so that nothing takes the files of the template for its own settings
_SITE_NAME = re.compile(r"^site_name:.*$", re.MULTILINE)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z")  # names that Windows keeps for itself


def lay_out(folder: Path, language: str, name: str, today: date) -> list[str]:
    """Write the files of a new handbook; their paths. Raises UsageError where anything is in the way, and writes nothing then."""
    if outer := find_root(folder.absolute()):
        raise UsageError(
            say(
                "{folder} already lies in the handbook {root}. Choose a folder outside it.",
                folder=str(folder),
                root=str(outer),
            )
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError(say("{folder} is a file. Choose a folder that is new or empty.", folder=str(folder)))
    there = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.exists() else []
    if there:
        message = say(
            "The folder {folder} is not empty ({found}). Choose a folder that is new or empty.",
            folder=str(folder),
            found=_few(there),
        )
        raise UsageError(message)
    files = dict(template_files(language, " ".join(name.split()), today))
    for path, content in files.items():
        write_file(folder / path, content.encode(), replace=False)
    return list(files)


def template_files(language: str, name: str, today: date) -> Iterator[tuple[str, str]]:
    """The files of a new handbook: path and content, `handbook.yml` last, so that half a handbook is none."""
    name = name or translate("Handbook", language)
    values = {
        "name": _MARKED.sub(r"\\\1", name),
        "name-yaml": yaml_text(name),
        "language": language,
        "day": today.isoformat(),
        "version": __version__,
        "reviews": translate("Reviews", language),
    }
    texts = {
        _HIDDEN.sub(r"\1.", path.relative_to(folder).as_posix()): path.read_text("utf-8")
        for folder in (TEMPLATE / "common", TEMPLATE / language)
        for path in folder.rglob("*")
        if path.is_file()
    }
    texts["mkdocs.yml"] = _SITE_NAME.sub("site_name: @name-yaml@", LOOKS.read_text("utf-8"))
    token = re.compile(f"@({'|'.join(values)})@")
    for target in sorted(texts, key=lambda path: (path == "handbook.yml", path)):
        yield target, token.sub(lambda found: values[found[1]], texts[target])


def _few(names: list[str]) -> str:
    return ", ".join([*names[:3], *(["…"] if len(names) > 3 else [])])


class Wish(NamedTuple):
    """What somebody wants a new document to be; what is None is settled by the handbook."""

    kind: Kind
    title: str | None = None
    language: str | None = None
    folder: str | None = None
    prefix: str | None = None
    owner: str | None = None


def new_document(root: Path, handbook: Handbook, wish: Wish, today: date) -> str:
    """Write a new document or record; its path. Raises UsageError where the wish cannot be granted."""
    settings, kind = handbook.settings, wish.kind
    folder = _folder(root, settings, wish)
    identifier = next_id(handbook, kind, folder, wish.prefix)
    language = wish.language or settings.language
    known = {
        "id": identifier,
        "title": wish.title,
        "owner": wish.owner,
        "language": wish.language if wish.language != settings.language else None,
        "status": _draft(kind),
        "kind": kind.name,
        "revision": "0.1",
        "revision-date": today.isoformat(),
        "revision-summary": translate("First draft", language),
    }
    told = {meaning: value for meaning, value in known.items() if value}
    text = skeleton(
        kind, language, told, always={"title"} | told.keys() - {"revision", "revision-date", "revision-summary"}
    )
    path = f"{folder}/{_file_name(settings, kind, wish.title, identifier, today)}".removeprefix("./")
    try:
        write_file(root / path, text.encode(), replace=False)
    except FileExistsError:
        raise UsageError(say("There is already a file {path}. Choose another title or folder.", path=path)) from None
    return path


def _folder(root: Path, settings: Settings, wish: Wish) -> str:
    """The folder of the new file, from the handbook's root."""
    base = settings.folder.strip("/")
    if wish.kind.is_record:
        base = "/".join(part for part in (settings.records_folder.strip("/"), wish.kind.folder) if part)
    given = (wish.folder or "").replace("\\", "/")
    below = PurePosixPath(given.removeprefix(f"{base}/") if given != base else "")
    folder = PurePosixPath(base, below)
    outside = below.is_absolute() or any(part.startswith(".") or ":" in part for part in below.parts)
    if outside or not (root / folder).resolve().is_relative_to(root.resolve()):
        raise UsageError(
            say(
                "A new file cannot be put in {folder}. Name a folder within {base}, such as hr.",
                folder=given,
                base=base,
            )
        )
    return folder.as_posix()


def next_id(handbook: Handbook, kind: Kind, folder: str, prefix: str | None) -> str | None:
    """The next number after those that the handbook has used, by the habit of the folder; None where the kind allows no such number.

    Raises UsageError where the kind does not allow the prefix that was asked for.
    """
    facts = ((path, _NUMBERED.match(fact.value)) for rows in handbook.ids.values() for path, fact in rows)
    used = [(path.rpartition("/")[0] or ".", *found.groups()) for path, found in facts if found]
    habits = Counter(stem for other, stem, _ in used if other == folder)
    if prefix:
        stem = prefix if not prefix[-1].isalnum() else f"{prefix}-"
        stem = next((known for _, known, _ in used if known.casefold() == stem.casefold()), stem)
    elif habits:
        stem = min(habits, key=lambda stem: (-habits[stem], stem))
    else:
        stem = f"{_initials(folder, handbook.settings, kind)}-"
    numbers = [number for _, other, number in used if other.casefold() == stem.casefold()]
    following = f"{max(map(int, numbers), default=0) + 1:0{max(map(len, numbers), default=3)}}"
    field = kind.field(tuple(kind.name_of("id").split("."))) if kind.means("id") else {"not": {}}
    for candidate in (f"{stem}{following}", f"{stem.upper()}{following}"):
        if fits(kind, field, candidate):
            return candidate
    if prefix:
        message = say(
            "{value} cannot be the number of a document of the kind {kind}. Choose another prefix.",
            value=f"{stem}{following}",
            kind=kind.name,
        )
        raise UsageError(message)
    return None


def _initials(folder: str, settings: Settings, kind: Kind) -> str:
    """Three letters of the folder's name, or of the kind's for a folder that holds everything."""
    last = folder.rpartition("/")[2]
    everything = kind.is_record or folder == settings.folder.strip("/")
    return "".join(char for char in (kind.name if everything else last) if char.isalpha())[:3].upper()


def _draft(kind: Kind) -> str | None:
    """The word for a draft in this kind, where it has one."""
    if not kind.means("status"):
        return None
    field = kind.field(tuple(kind.name_of("status").split(".")))
    own: Mapping[str, str] = field.get("x-values", {})
    word = next((word for word, status in own.items() if status == "draft"), "draft")
    return word if fits(kind, field, word) else None


def _file_name(settings: Settings, kind: Kind, title: str | None, identifier: str | None, today: date) -> str:
    stem = slug(title or "") or slug(identifier or "") or today.isoformat()
    if _RESERVED.match(stem):
        stem = f"{stem}-{kind.name}"
    ending = settings.include[0].rpartition("*")[2]
    return stem + (".yml" if kind.is_record else ending if ending.startswith(".") else ".md")


def slug(title: str) -> str:
    """A title as the name of a file: lower case, a to z and digits, æ as ae, ø as o, å as a."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS)).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return name if len(name) <= LONGEST else name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
