"""What a handbook's `mkdocs.yml` may say, as nodes of YAML. Pure.

It may come from a stranger: what is not listed here is refused. Nothing listed can run, reach out, or name a file that
is not the handbook's; texts stand in the theme's pages as they are, so they hold nothing that HTML acts on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from rutine.model import Message, say

Fault = tuple[Any, Message]
Check = Callable[[Any], Iterator[Fault]]

_EMOJI = tuple(f"tag:yaml.org,2002:python/name:material.extensions.emoji.{name}" for name in ("to_svg", "twemoji"))
_UNSAFE_IN_TEXT = re.compile(r"[<>\"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ANYTHING = re.compile(r".{0,200}\Z", re.DOTALL)
_URL = re.compile(r"(?:https://|mailto:)[^\s<>\"'`\\]+\Z")
_SITE_URL = re.compile(r"https?://[^\s<>\"'`\\]+\Z|\Z")
_FILE = re.compile(r"(?!/)(?!\.\.(?:/|\Z))(?:(?!/\.\.(?:/|\Z))[^<>\"'`\\:?#\x00-\x1f])+\Z")
_NAME = re.compile(r"[\w][\w./-]*\Z")


def faults_in(content: bytes) -> list[tuple[Any, Message]]:
    """What is wrong, each with where it begins. Aliases are refused first: with them, a small file can be endless."""
    import yaml  # with the site's generator

    try:
        if found := list(_notations(yaml.parse(content, yaml.SafeLoader))):
            return found
        node = yaml.compose(content, yaml.SafeLoader)
        told = [] if node is None else list(_mapping(_SETTINGS, node))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return [(getattr(error, "problem_mark", None), say("This is not valid YAML."))]
    return [(where.start_mark, message) for where, message in told]


def _notations(events: Any) -> Iterator[tuple[Any, Message]]:
    import yaml

    for event in events:
        if isinstance(event, yaml.AliasEvent):
            yield event.start_mark, say("Aliases (*name) cannot be used here. Write the value itself.")
        elif (tag := getattr(event, "tag", None)) and tag not in _EMOJI:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            yield (
                event.start_mark,
                say("The tag {tag} names Python code.", tag=shown)
                if shown.startswith("!!python/")
                else say("The tag {tag} cannot be used here. Write the value itself.", tag=shown),
            )


def _mapping(allowed: Mapping[str, Check], node: Any) -> Iterator[Fault]:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        yield node, say("This must be fields, each written as name: value.")
        return
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            yield key, say("A field's name must be a word.")
        elif key.value in allowed:
            yield from allowed[key.value](value)
        else:
            yield key, _REASONS.get(key.value) or say("{key} cannot be set here. Remove it.", key=key.value)


def _named(allowed: Mapping[str, Mapping[str, Check]], what: Callable[[str], Message], node: Any) -> Iterator[Fault]:
    """A list of names, some with options of their own; or the same as fields."""
    import yaml

    items: list[tuple[Any, Any]] = []
    for item in node.value if isinstance(node, (yaml.SequenceNode, yaml.MappingNode)) else [node]:
        if isinstance(item, tuple):
            items.append(item)
        elif isinstance(item, yaml.MappingNode):
            items += item.value
        else:
            items.append((item, None))
    for key, options in items:
        if not isinstance(key, yaml.ScalarNode) or key.value not in allowed:
            yield key, what(str(key.value) if isinstance(key, yaml.ScalarNode) else "…")
        elif options is not None and not (isinstance(options, yaml.ScalarNode) and not options.value.strip("~nul")):
            yield from _mapping(allowed[key.value], options)


def _list(check: Check, node: Any) -> Iterator[Fault]:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from check(item)
    else:
        yield from check(node)


def _scalar(pattern: re.Pattern[str], message: Message, node: Any) -> Iterator[Fault]:
    import yaml

    if not isinstance(node, yaml.ScalarNode) or node.tag in _EMOJI or not pattern.match(node.value):
        yield node, message


def _text(node: Any) -> Iterator[Fault]:
    import yaml

    if not isinstance(node, yaml.ScalarNode) or node.tag in _EMOJI or _UNSAFE_IN_TEXT.search(node.value):
        yield node, say("This must be plain text, without the characters < > and quotation marks.")


def _anything(node: Any) -> Iterator[Fault]:
    yield from _scalar(_ANYTHING, say("This must be plain text, without the characters < > and quotation marks."), node)


def _emoji(node: Any) -> Iterator[Fault]:
    if node.tag not in _EMOJI:
        yield node, say("This must be plain text, without the characters < > and quotation marks.")


def _one_of(*values: str) -> Check:
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, values))})\Z", re.IGNORECASE)
    return partial(_scalar, pattern, say("This can only be {values}.", values=", ".join(values)))


def _any_of(check: Check) -> Check:
    return partial(_list, check)


_url: Check = partial(_scalar, _URL, say("This must be an address that begins with https:// or mailto:."))
_file: Check = partial(_scalar, _FILE, say("This must be a file of the handbook: no address, and nothing outside."))
_name: Check = partial(_scalar, _NAME, say("This must be a name."))
_icons: Check = partial(
    _mapping,
    dict.fromkeys("logo menu alternate search share close top edit view repo previous next".split(), _name),
)
_flag = _one_of("true", "false")
_off = _one_of("false")
_toggle: Check = partial(_mapping, {"icon": _name, "name": _text})
_colour: Check = partial(_scalar, re.compile(r"[a-z][a-z -]*\Z"), say("This must be a name."))
_palette: Check = _any_of(
    partial(_mapping, {"media": _text, "scheme": _name, "primary": _colour, "accent": _colour, "toggle": _toggle})
)


def _theme(node: Any) -> Iterator[Fault]:
    import yaml

    yield from _material(node) if isinstance(node, yaml.ScalarNode) else _mapping(_THEME, node)


_material = _one_of("material")
_THEME: dict[str, Check] = {
    "name": _material,
    "language": _name,
    "direction": _one_of("ltr", "rtl"),
    "palette": _palette,
    "features": _any_of(_name),
    "font": _off,
    "icon": _icons,
    "logo": _file,
    "favicon": _file,
}
_SEARCH: dict[str, Check] = {"lang": _any_of(_name), "separator": _anything, "pipeline": _any_of(_name)}
_PLUGINS: dict[str, Mapping[str, Check]] = {"search": _SEARCH, "material/search": _SEARCH, "rutine": {}}


def _options(names: str) -> dict[str, Check]:
    return dict.fromkeys(names.split(), _text)


_EXTENSIONS: dict[str, Mapping[str, Check]] = {
    **{name: {} for name in "abbr admonition attr_list def_list md_in_html sane_lists".split()},
    "footnotes": _options("BACKLINK_TITLE"),
    "tables": _options("use_align_attribute"),
    "toc": _options("permalink permalink_title title toc_depth anchorlink baselevel"),
    "smarty": _options("smart_quotes smart_angled_quotes smart_dashes smart_ellipses"),
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.tasklist": _options("custom_checkbox clickable_checkbox"),
    "pymdownx.tilde": _options("smart_delete delete subscript"),
    "pymdownx.caret": _options("smart_insert insert superscript"),
    "pymdownx.mark": _options("smart_mark"),
    "pymdownx.keys": _options("separator strict camel_case"),
    "pymdownx.highlight": _options(
        "use_pygments guess_lang anchor_linenums line_spans linenums linenums_style auto_title pygments_lang_class"
    ),
    "pymdownx.inlinehilite": {},
    "pymdownx.betterem": _options("smart_enable"),
    "pymdownx.tabbed": _options("alternate_style combine_header_slug"),
    "pymdownx.emoji": {"emoji_index": _emoji, "emoji_generator": _emoji},
}
_EXTENSIONS |= {f"markdown.extensions.{name}": _EXTENSIONS[name] for name in tuple(_EXTENSIONS) if "." not in name}

_EXTRA: dict[str, Check] = {
    "generator": _flag,
    "homepage": _url,
    "social": _any_of(partial(_mapping, {"icon": _name, "link": _url, "name": _text})),
}
_SETTINGS: dict[str, Check] = {
    **dict.fromkeys(("site_name", "site_description", "site_author", "copyright", "repo_name"), _text),
    "site_url": partial(_scalar, _SITE_URL, say("This must be an address that begins with https://.")),
    "repo_url": _url,
    "edit_uri": partial(_scalar, re.compile(f"{_URL.pattern}|{_FILE.pattern}|[?][\\w/.=&-]*\\Z|\\Z"), say("This must be an address that begins with https://, or the part of it that follows repo_url.")),
    "docs_dir": _file,
    "site_dir": partial(_scalar, re.compile(r"(?:\./)?site/?\Z"), say("The handbook is published in the folder site. Remove site_dir.")),
    "theme": _theme,
    "plugins": partial(_named, _PLUGINS, lambda name: say("The plugin {plugin} cannot be used. These can: {known}.", plugin=name, known=", ".join(_PLUGINS))),
    "markdown_extensions": partial(_named, _EXTENSIONS, lambda name: say("The extension {name} cannot be used. These can: {known}.", name=name, known=", ".join(name for name in _EXTENSIONS if not name.startswith("markdown.")))),
    "extra": partial(_mapping, _EXTRA),
    "extra_css": _any_of(_file),
    "strict": _flag,
    "use_directory_urls": _flag,
    "validation": lambda node: _validation(node),  # noqa: PLW0108  # which is written below
}  # fmt: skip
_levels = _one_of("warn", "info", "ignore", "relative_to_docs")
_VALIDATION: dict[str, Check] = dict.fromkeys(
    "omitted_files not_found absolute_links unrecognized_links anchors".split(), _levels
)


def _validation(node: Any) -> Iterator[Fault]:
    yield from _mapping(_VALIDATION | dict.fromkeys(("nav", "links"), partial(_mapping, _VALIDATION)), node)


_REASONS = {
    "hooks": say("Hooks are Python files."),
    "extra_templates": say("Templates are code."),
    "custom_dir": say(
        "Templates are code. Give the colour and the logo in handbook.yml (look), and the rest in a style sheet (extra_css)."
    ),
    "extra_javascript": say("Scripts are code. The handbook needs none of its own."),
    "INHERIT": say("Settings from another file cannot be used. Write them in mkdocs.yml itself."),
    "<<": say("Settings cannot be merged (<<). Write them where they belong."),
    "nav": say("The menu is made from the documents. Remove nav."),
}
