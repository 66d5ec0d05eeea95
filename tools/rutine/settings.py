"""From disk: `handbook.yml` and the kinds. Every fault is told at once, at its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rutine.bundling import bundle
from rutine.encoding import decode
from rutine.errors import ConfigurationError
from rutine.frontmatter import Loaded
from rutine.handbook_yml import place_in, settings_of
from rutine.inside import is_own_file, leads_through_link
from rutine.kinds import Kind
from rutine.model import Fault, Message, Place, Settings, say
from rutine.registers import register_faults
from rutine.vector import is_clean_drawing

LOGOS = (".svg", ".png", ".webp", ".jpg", ".jpeg")
SIZE_LIMIT = 1_000_000  # bytes of handbook.yml or of a schema
_PACKAGE = Path(__file__).parent
SHIPPED = next(folder for folder in (_PACKAGE / "schema", _PACKAGE.parents[1] / "schema") if folder.is_dir())

Faults = list[tuple[Place, Message]]


def read_settings(root: Path) -> Settings:
    """The settings of the handbook in this folder. Raises ConfigurationError with every fault in it."""
    faults: Faults = []
    schemas = read_schemas(root, faults)
    kinds = dict(_kinds(root, schemas, faults))
    loaded = _load(root, faults)
    meta = loaded.value if isinstance(loaded.value, dict) else {}
    if not faults:
        _validate(meta, schemas["_handbook.json"], loaded, faults)
    if not faults:
        settings = settings_of(meta, kinds, loaded.text)
        _check_folders(root, settings, meta, loaded, faults)
        misfits = ((place_in(settings, pointer), text) for pointer, text in register_faults(settings, meta))
        faults += sorted(misfits, key=lambda fault: fault[0])
        _check_logo(root, settings, loaded, faults)
        if not faults:
            return settings
    raise ConfigurationError(say("The settings of the handbook are wrong. Nothing was checked."), faults)


def schema_files(root: Path) -> dict[str, Path]:
    """The schema files in force by name: those that rutine ships, and over them the handbook's own.

    What a kind is, and what `handbook.yml` and `handbook.json` hold, is not for a handbook to say.
    """
    own = root / "schema"
    folders = (SHIPPED, own) if own.is_dir() else (SHIPPED,)
    files = {path.name: path for folder in folders for path in sorted(folder.glob("*.json"))}
    return files | {name: SHIPPED / name for name in ("_data.json", "_handbook.json", "_kind.json")}


def read_schemas(root: Path, faults: Faults) -> dict[str, Any]:
    """The schema files by name, as JSON; the broken ones are added to `faults`."""
    schemas: dict[str, Any] = {}
    for name, path in schema_files(root).items():
        try:
            schemas[name] = json.loads(_read(root, path))
            if not isinstance(schemas[name], dict):
                faults.append((Place(f"schema/{name}"), say("The schema must be a JSON object.")))
                schemas[name] = {}
        except ValueError as error:
            line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
            message = say("The schema is not valid JSON ({problem}).", problem=getattr(error, "msg", str(error)))
            faults.append((Place(f"schema/{name}", line, column), message))
        except RecursionError:
            faults.append((Place(f"schema/{name}"), say("The schema is nested too deep.")))
    return schemas


def _kinds(root: Path, schemas: Mapping[str, Any], faults: Faults) -> Iterator[tuple[str, Kind]]:
    own = {name for name, path in schema_files(root).items() if path.parent != SHIPPED}  # tests vouch for the others
    if "_common.json" in own:
        own = set(schemas)
    for file, schema in schemas.items():
        name = file.removesuffix(".json")
        if file.startswith("_"):
            continue
        kind: Kind | None = None
        try:
            problem = _schema_problem(schema, schemas["_kind.json"]) if file in own else None
            if problem is None:
                kind = Kind(name, schema, f"schema/{file}", partial(bundle, schema, schemas))
                problem = _kind_problem(kind) if file in own else None
        except RecursionError:
            problem = say("The schema is too large or nested too deep, with all that it refers to.")
        except ValueError as error:
            problem = say(
                "The schema refers to {reference}, which is not in this folder. Refer to #/definitions/… here or in _common.json.",
                reference=str(error),
            )
        if problem:
            faults.append((Place(f"schema/{file}"), problem))
        elif kind:
            yield name, kind


def _schema_problem(schema: Any, meta_schema: Mapping[str, Any]) -> Message | None:
    import jsonschema_rs  # here, so that commands that only print help do without

    try:
        jsonschema_rs.validator_for(dict(meta_schema), offline=True).validate(schema)
        jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as error:
        return _not_a_kind(error)
    return None


def _kind_problem(kind: Kind) -> Message | None:
    import jsonschema_rs

    try:
        kind.prove()
    except jsonschema_rs.ValidationError as error:
        return _not_a_kind(error)
    if unknown := kind.unknown_statuses():
        return say(
            "rutine does not know what the status {value} stands for. Say it in x-values: draft, in-force or withdrawn.",
            value=unknown[0],
        )
    return None


def _not_a_kind(error: Any) -> Message:
    where = "/".join(str(step) for step in error.instance_path) or "/"
    return say("The schema is not one of a kind: {where}: {problem}.", where=where, problem=str(error.message))


def _read(root: Path, path: Path) -> bytes:
    """The content of a file of settings. Raises ValueError for what is no ordinary file of the handbook's own."""
    if path.parent != SHIPPED and not is_own_file(root, path):
        raise ValueError("no file of the handbook's own")
    if path.stat().st_size > SIZE_LIMIT:
        raise ValueError("too large")
    return path.read_bytes()


def _load(root: Path, faults: Faults) -> Loaded:
    try:
        text = decode(_read(root, root / "handbook.yml"))
    except ValueError:
        message = say("This must be an ordinary file in the handbook's own folder, and no link to another.")
        text = Fault("unreadable-file", 1, 1, message)
    loaded = Loaded("" if isinstance(text, Fault) else text, 1)
    for fault in [text] if isinstance(text, Fault) else loaded.faults:
        faults.append((Place("handbook.yml", fault.line, fault.column), fault.message))
    if not faults and not isinstance(loaded.value, dict):
        faults.append((Place("handbook.yml"), say("The file must be fields, each written as name: value.")))
    return loaded


def _validate(meta: Any, schema: Mapping[str, Any], loaded: Loaded, faults: Faults) -> None:
    import jsonschema_rs

    if jsonschema_rs.validator_for(dict(schema)).is_valid(meta):
        return
    from rutine.validation import faults as find_faults  # jsonschema takes 0.1 s to import, and only faults need it

    for fault in find_faults(schema, meta):
        faults.append((Place("handbook.yml", *loaded.place(fault.pointer, key=fault.at_key)), fault.message))


def _check_folders(root: Path, settings: Settings, meta: Mapping[str, Any], loaded: Loaded, faults: Faults) -> None:
    for name, folder in (("documents", settings.folder), ("records", settings.records_folder)):
        place = Place("handbook.yml", *loaded.place((name, "folder")))
        if folder.startswith(("..", "/")) or any(part[:1] == "." and part != "." for part in folder.split("/")):
            faults.append(
                (place, say("This folder must lie within the handbook's own folder, and not be a hidden one."))
            )
        elif leads_through_link(root, folder):
            faults.append(
                (place, say("{folder} is reached through a symbolic link, which is never followed.", folder=folder))
            )
        elif "folder" in meta.get(name, {}) and not (root / folder).is_dir():
            faults.append((place, say("There is no folder {folder}. Correct the name, or create it.", folder=folder)))


def _check_logo(root: Path, settings: Settings, loaded: Loaded, faults: Faults) -> None:
    if (logo := settings.look.logo) is None:
        return
    place, file = Place("handbook.yml", *loaded.place(("look", "logo"))), root / settings.folder / logo
    if logo.startswith(("..", "/")) or not is_own_file(root, file):
        message = say("There is no file {file} in the documents' folder. Correct the name, or put it there.", file=logo)
        faults.append((place, message))
    elif file.suffix.lower() not in LOGOS:
        faults.append((place, say("A logo is a file that ends in {endings}.", endings=", ".join(LOGOS))))
    elif file.suffix.lower() == ".svg" and not is_clean_drawing(_read(root, file)):
        message = say("The drawing {file} does more than draw: it runs, or asks for other files.", file=logo)
        faults.append((place, message))
