"""The same documents as other tools read them: YAML files with one schema (check-jsonschema), plain pages (MkDocs)."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).resolve().parents[1] / "schema"
SHARED = "_common.json#"
MKDOCS = """\
site_name: Håndbok for Prøvebu kommune
docs_dir: docs
site_dir: site
theme:
  name: material
  language: nb
  features: [navigation.prune, navigation.indexes]
plugins:
  - search:
      lang: ['no', da]
markdown_extensions: [admonition, tables, attr_list, toc, def_list, md_in_html]
"""


def parts(corpus: Path) -> Iterator[tuple[Path, str, str]]:
    """Each document's path below procedures/, its front matter and its body."""
    folder = corpus / "procedures"
    for path in sorted(folder.glob("*/*.md")):
        front, body = path.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
        yield path.relative_to(folder), front + "\n", body


def bundled(folder: Path = SCHEMAS, kind: str = "procedure") -> dict[str, Any]:
    """One kind's schema with the shared definitions in it, so that it needs no other file."""
    schema: dict[str, Any] = json.loads((folder / f"{kind}.json").read_text("utf-8").replace(SHARED, "#"))
    shared = json.loads((folder / "_common.json").read_text("utf-8"))
    schema["definitions"] = {**shared["definitions"], **schema.get("definitions", {})}
    return schema


def put(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def yaml_files(corpus: Path, out: Path) -> None:
    """out/files/UNIT/ID.yaml and out/procedure.schema.json."""
    put(out / "procedure.schema.json", json.dumps(bundled(), ensure_ascii=False, indent=1))
    for path, front, _ in parts(corpus):
        put(out / "files" / path.with_suffix(".yaml"), front)


def mkdocs_site(corpus: Path, out: Path) -> None:
    """out/mkdocs.yml and the pages in out/docs, their front matter reduced to the title."""
    put(out / "mkdocs.yml", MKDOCS)
    put(out / "docs" / "index.md", (corpus / "procedures" / "index.md").read_text("utf-8"))
    for path, front, body in parts(corpus):
        title = next(line for line in front.splitlines() if line.startswith("title: "))
        put(out / "docs" / path, f"---\n{title}\n---\n{body}")


WRITERS = {"yaml": yaml_files, "mkdocs": mkdocs_site}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("form", choices=WRITERS)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    WRITERS[args.form](args.corpus, args.out)


if __name__ == "__main__":
    main()
