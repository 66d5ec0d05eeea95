"""`rutine memo`: what a proposed change is about, in real Git repositories."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rutine.cli import rutine
from rutine.differences import MOST, Passage, SectionChange, text_change
from rutine.formats import render
from rutine.formats._memo import LONGEST, MARKER
from rutine.formats._memo_words import excerpts
from rutine.memo import DocumentChange, Memo
from rutine.model import Document
from rutine.proposal import read_memo
from rutine.report import judge
from rutine.settings import read_settings
from test_change import commit, git
from test_survey import TODAY

HANDBOOK = """\
name: Trial handbook
language: en
review: {classes: {normal: 24 months}}
units:
  town: {title: The town, units: {school: {title: The school}}}
roles:
  head: {title: Head, unit: town, holders: [kari]}
  nurse: {title: Nurse, unit: town, holders: [{person: ola, until: 2026-06-30}]}
  all: {title: Everyone, unit: town, body: true}
people:
  kari: {name: Kari Moe}
  ola: {name: Ola Li}
"""
FRONT = """\
---
id: HR-001
title: Fire
kind: procedure
status: in-force
owner: head
decision: {by: head, date: 2026-01-10}
scope: {units: [town], roles: [all]}
regulations:
  - {ref: LOV-2005-06-17-62, at: [§ 2-1]}
roles:
  - {role: head, responsibility: accountable, duties: [Leads the drill]}
review: {class: normal}
revisions:
  - {version: "1.0", date: 2026-01-10, summary: First version}
---
"""
BODY = """
# Fire

## Purpose

Everybody gets out in time.

## Method

1. **Everyone** leaves the house by the nearest door and walks to the flagpole without stopping to fetch anything at all.
2. The head counts everyone.
"""
PLAIN = (
    FRONT.replace("HR-001", "HR-002")
    .replace("title: Fire", "title: Water")
    .replace("status:", "rests-on: [HR-001]\nstatus:")
)


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "handbook"
    write(root, "handbook.yml", HANDBOOK)
    write(root, "procedures/fire.md", FRONT + BODY)
    write(root, "procedures/water.md", PLAIN + BODY.replace("Fire", "Water"))
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "checkout", "-q", "-b", "change")
    return root


def memo(root: Path, since: str = "main") -> Memo:
    return read_memo(root, judge(root, read_settings(root), TODAY), since)


def written(root: Path) -> str:
    return render("markdown", "memo", memo(root))


def only(root: Path) -> DocumentChange:
    (change,) = memo(root).documents
    return change


def codes(root: Path) -> list[str]:
    return [lack.code for lack in only(root).lacks]


def sections(before: str, after: str) -> list[SectionChange]:
    found = text_change(Document("a.md", None, {}, before), Document("a.md", None, {}, after))
    assert not found.is_typographic
    return list(found.sections)


# The whole


def test_nothing_changes(root: Path) -> None:
    assert written(root) == "<!-- rutine memo -->\n## Decision memo\n\nNo document changes.\n"


def test_the_whole_memo(root: Path) -> None:
    text = FRONT.replace("date: 2026-01-10}\nscope", "date: 2026-11-20}\nscope").replace(
        "roles: [all]", "roles: [all, head]"
    )
    text = text.replace("[Leads the drill]", "[Leads the drill twice a year]").replace(
        "at: [§ 2-1]", "at: [§ 2-1, § 3-1]"
    )
    text = text.replace(
        '  - {version: "1.0"',
        '  - {version: "2.0", date: 2026-11-20, change: significant, summary: Two drills a year}\n  - {version: "1.0"',
    )
    write(
        root,
        "procedures/fire.md",
        text + BODY.replace("the flagpole", "the gate") + "3. The nurse looks after the hurt.\n",
    )
    write(
        root,
        "records/reviews/HR-002/2026-11-02.yml",
        "document: HR-002\ndate: 2026-11-02\nby: head\noutcome: unchanged\n",
    )
    write(root, "handbook.yml", HANDBOOK.replace("The school", "School"))
    commit(root)
    assert (
        written(root)
        == """\
<!-- rutine memo -->
## Decision memo

One document changes. Nothing is missing that rutine knows of.

| Document | Version | What becomes of it | Decided by |
|---|---|---|---|
| HR-001 Fire | 1.0 → 2.0 | Changed | Head (Kari Moe) |

### HR-001 Fire

- **File:** procedures/fire.md
- **Decided by:** Head (Kari Moe)
- **Owner:** Head (Kari Moe)
- **What changes, and why:** 2.0, 20 November 2026, Significant: Two drills a year
- **Text:**
    - Section “Method”:
        - *Before:* … nearest door and walks to the flagpole without stopping to fetch anything at …
        - *Now:* … nearest door and walks to the gate without stopping to fetch anything at …
        - *New:* The nurse looks after the hurt.
- **Fields:**
    - Decision › Decided on: 10 January 2026 → 20 November 2026
    - Applies to › Roles: *New:* Head
- **Applies to:** The town, Everyone, Head
- **What is asked of whom:**
    - Head
        - *New:* Leads the drill twice a year
        - *Gone:* Leads the drill
- **Regulations:** arbeidsmiljøloven (LOV-2005-06-17-62) – *New:* § 3-1
- **Rests on this document:** HR-002 Water

### What this causes elsewhere

- procedures/water.md: HR-001 has a version of 2026-11-20, and this document was last reviewed or decided on 2026-11-02. Review it against that version, and record it with \\`rutine review\\`.

### Other changes

- handbook.yml (changed): units
- records/reviews/HR-002/2026-11-02.yml (new): Review HR-002
"""
    )


def test_the_same_in_the_handbooks_language(root: Path) -> None:
    write(root, "handbook.yml", HANDBOOK.replace("language: en", "language: nb"))
    commit(root)
    git(root, "branch", "-f", "main")
    write(root, "procedures/fire.md", FRONT + BODY.replace("the flagpole", "the gate"))
    assert (
        written(root)
        == """\
<!-- rutine memo -->
## Beslutningsnotat

Ett dokument endres. I ett av dem mangler det noe før det kan besluttes.

| Dokument | Versjon | Hva som skjer | Besluttes av |
|---|---|---|---|
| HR-001 Fire | 1.0 | Endret | Head (Kari Moe) |

### HR-001 Fire

- **Fil:** procedures/fire.md
- **Besluttes av:** Head (Kari Moe)
- **Eier:** Head (Kari Moe)
- **Mangler før det kan besluttes:** Ingen revisjon forteller om denne endringen: med versjon, dato og hva som er endret.
- **Tekst:**
    - Avsnittet «Method»:
        - *Før:* … nearest door and walks to the flagpole without stopping to fetch anything at …
        - *Nå:* … nearest door and walks to the gate without stopping to fetch anything at …
- **Gjelder for:** The town, Everyone
- **Regelverk:** arbeidsmiljøloven (LOV-2005-06-17-62)
- **Bygger på dette dokumentet:** HR-002 Water
"""
    )


def test_the_command(root: Path) -> None:
    write(root, "procedures/fire.md", FRONT + BODY.replace("the flagpole", "the gate"))

    def call(*arguments: str) -> tuple[int, bytes]:
        done = CliRunner().invoke(
            rutine, ["memo", "-C", str(root), "--on", "2026-11-21", *arguments], prog_name="rutine"
        )
        return done.exit_code, done.stdout_bytes

    code, text = call("--since", "main")
    assert (code, text.decode()) == (0, written(root))
    assert call("--since", "main") == (code, text)
    code, data = call("--since", "main", "--format", "json")
    found = json.loads(data)
    assert (code, [row["id"] for row in found["documents"]], found["others"]) == (0, ["HR-001"], [])
    row = found["documents"][0]
    assert row["decided-by"] == {"role": "head", "holders": ["Kari Moe"]}
    assert row["version"] == {"before": "1.0", "after": "1.0"}
    assert [lack["code"] for lack in row["missing"]] == ["no-revision"]
    assert [finding["rule"] for finding in row["findings"]] == ["unrecorded-change"]
    assert row["sections"][0]["passages"][0]["after"].startswith(
        "**Everyone** leaves the house by the nearest door and walks to the gate"
    )
    assert row["dependants"] == ["HR-002"]
    assert call()[0] == 2
    assert call("--since", "nowhere")[0] != 0


# What becomes of a document


def test_new_moved_withdrawn_and_deleted(root: Path) -> None:
    git(root, "mv", "procedures/fire.md", "procedures/flames.md")
    (root / "procedures/water.md").unlink()
    write(root, "procedures/new.md", FRONT.replace("HR-001", "HR-003") + BODY)
    write(root, "procedures/index.md", "# Welcome\n")
    found = [(change.document.path, change.what) for change in memo(root).documents]
    assert found == [
        ("procedures/flames.md", "moved"), ("procedures/water.md", "removed"), ("procedures/new.md", "new"), ("procedures/index.md", "new"),
    ]  # fmt: skip
    assert "- **Moved:** procedures/fire.md → procedures/flames.md\n" in written(root)


def test_moved_and_changed_is_one_document(root: Path) -> None:
    (root / "procedures/fire.md").unlink()
    write(root, "procedures/flames.md", FRONT + BODY.replace("the flagpole", "the gate"))
    change = only(root)
    assert change.before and change.before.path == "procedures/fire.md"
    assert change.what == "changed"


def test_another_document_in_the_same_file(root: Path) -> None:
    write(root, "procedures/fire.md", FRONT.replace("HR-001", "HR-009") + BODY)
    assert [(change.document.value("id"), change.what) for change in memo(root).documents] == [
        ("HR-001", "removed"),
        ("HR-009", "new"),
    ]


def test_withdrawn(root: Path) -> None:
    write(root, "procedures/fire.md", (FRONT + BODY).replace("in-force", "withdrawn\nwithdrawn: 2026-11-20"))
    assert only(root).what == "withdrawn"
    assert "    - Status: In force → Withdrawn\n" in written(root)
    assert "    - Withdrawn on: – → 20 November 2026\n" in written(root)


def test_typography_only(root: Path) -> None:
    write(root, "procedures/fire.md", FRONT + BODY.replace("by the nearest door and", "by the nearest door\n   and"))
    assert (only(root).what, codes(root)) == ("typography", [])
    assert "- **Text:** Only typography and line breaks change; it says the same.\n" in written(root)


def test_another_order_of_sections(root: Path) -> None:
    first, second = BODY.split("## Method")
    title, purpose = first.split("## Purpose")
    write(root, "procedures/fire.md", f"{FRONT}{title}## Method{second}\n## Purpose{purpose}")
    assert (only(root).what, codes(root)) == ("changed", ["no-revision"])
    assert "- **Text:** The same passages in another order, or marked otherwise.\n" in written(root)


def test_fields_of_the_handbooks_own(root: Path) -> None:
    """What means nothing to rutine is told all the same."""
    schema = json.loads((Path(__file__).parents[1] / "schema" / "procedure.json").read_text())
    schema["properties"]["cost"] = {
        "type": "object",
        "x-title": {"en": "Cost"},
        "properties": {"kroner": {"type": "integer"}},
    }
    write(root, "schema/procedure.json", json.dumps(schema))
    commit(root)
    git(root, "branch", "-f", "main")
    write(root, "procedures/fire.md", FRONT.replace("status:", "cost: {kroner: 100}\nstatus:") + BODY)
    assert "- **Fields:** Cost › kroner: – → 100\n" in written(root)


def test_a_rewritten_revision_is_told(root: Path) -> None:
    write(root, "procedures/fire.md", FRONT.replace("First version", "The first") + BODY)
    assert "- **Fields:** Revisions: 1.0 2026-01-10 First version → 1.0 2026-01-10 The first\n" in written(root)


# What is missing


def test_a_revision_without_a_decision_of_its_own(root: Path) -> None:
    more = '  - {version: "1.1", date: 2026-11-20, summary: The gate}\n---\n'
    text = FRONT[:-4] + more + BODY.replace("the flagpole", "the gate")
    write(root, "procedures/fire.md", text)
    assert codes(root) == ["no-decision"]
    assert (
        "- **Missing before it can be decided:**\n    - The decision that the document tells of is from before this change: 10 January 2026.\n"
        in written(root)
    )
    write(root, "procedures/fire.md", text.replace("2026-11-20, summary", "2026-11-20, change: minor, summary"))
    assert codes(root) == []
    assert (
        "- **Decided by:** Head (Kari Moe). The document calls the change minor; minor changes need no decision.\n"
        in written(root)
    )


def test_a_vacant_role(root: Path) -> None:
    write(
        root,
        "procedures/fire.md",
        (FRONT + BODY).replace("owner: head", "owner: nurse").replace("by: head", "by: nurse"),
    )
    assert codes(root) == ["no-revision", "vacant-owner", "vacant-decider"]
    assert (
        "- **Missing before it can be decided:**\n"
        "    - No revision entry tells of this change: with a version, a date and what is changed.\n"
        "    - Nobody holds the role that owns the document: Nurse.\n"
        "    - Nobody holds the role that decides the document: Nurse.\n"
    ) in written(root)


def test_a_draft_lacks_nothing(root: Path) -> None:
    write(root, "procedures/new.md", (FRONT + BODY).replace("HR-001", "HR-003").replace("in-force", "draft"))
    assert codes(root) == []


def test_what_the_change_causes_elsewhere(root: Path) -> None:
    (root / "procedures/fire.md").unlink()
    assert [(finding.place.path, finding.rule) for finding in memo(root).elsewhere] == [
        ("procedures/water.md", "unknown-document")
    ]


# Sections and passages


def test_sections() -> None:
    before = "Start\n\n## One\n\nA B C\n\n## Two\n\nB\n\n## Three\n\nC\n"
    after = "Start\n\n## One\n\nA B C D\n\n## Three\n\nC\n\n## Four\n\nD\n"
    assert sections(before, after) == [
        SectionChange("One", "changed", (Passage("A B C", "A B C D"),)),
        SectionChange("Two", "removed", (Passage("B", ""),)),
        SectionChange("Four", "added", (Passage("", "D"),)),
    ]
    assert sections("Start\n", "Another\n") == [
        SectionChange("", "changed", (Passage("", "Another"), Passage("Start", "")))
    ]


def test_a_section_with_another_name() -> None:
    assert sections("## One\n\nA\n\n## Two\n\nB\n", "## First\n\nA\n\n## Two\n\nB\n") == [
        SectionChange("First", "changed", (), "One")
    ]


def test_sections_of_the_same_name() -> None:
    before, after = "## One\n\nA\n\n## One\n\nB B\n", "## One\n\nA\n\n## One\n\nB C\n"
    assert sections(before, after) == [SectionChange("One", "changed", (Passage("B B", "B C"),))]


def test_a_step_put_in_moves_no_others() -> None:
    assert sections("1. A\n2. B\n3. C\n", "1. A\n2. New\n3. B\n4. C\n") == [
        SectionChange("", "changed", (Passage("", "New"),))
    ]


def test_a_step_written_anew_stands_beside_what_it_was() -> None:
    before, after = (
        "- Call the fire brigade at once\n",
        "- Something else entirely\n- Call the fire brigade at once, by 110\n",
    )
    assert sections(before, after) == [
        SectionChange(
            "",
            "changed",
            (
                Passage("", "Something else entirely"),
                Passage("Call the fire brigade at once", "Call the fire brigade at once, by 110"),
            ),
        )
    ]


def test_very_many_sections_are_told_apart_too() -> None:
    before = "".join(f"## S{number}\n\nP{number} words\n\n" for number in range(MOST + 10))
    after = before.replace("P7 words\n", "P7 others\n")
    assert sections(before, after) == [SectionChange("S7", "changed", (Passage("P7 words", "P7 others"),))]


@given(
    st.lists(st.sampled_from(["# A", "## B", "1. x", "2. y", "- z", "text", "", "> q"])),
    st.lists(st.sampled_from(["# A", "## B", "1. y", "text", "", "more"])),
)
def test_what_is_in_both_is_never_told(before: list[str], after: list[str]) -> None:
    found = text_change(Document("a.md", None, {}, "\n".join(before)), Document("a.md", None, {}, "\n".join(after)))
    for section in found.sections:
        assert all(passage.before != passage.after for passage in section.passages)
        assert section.passages or section.was or section.heading


def test_excerpts_are_cut_to_what_differs() -> None:
    words = "one two three four five six seven eight nine"
    assert excerpts(f"{words} A {words}", f"{words} B {words}") == (
        "… four five six seven eight nine A one two three four five six …",
        "… four five six seven eight nine B one two three four five six …",
    )
    assert excerpts("**The head** counts", "The *head* counts") == ("**The head** counts", "The *head* counts")
    assert excerpts("[a](b.md) x", "[a](c.md) y") == ("a x", "a y")
    assert excerpts("[a](b.md)", "[a](c.md)") == ("[a](b.md)", "[a](c.md)")
    assert excerpts("| Answer | 7 days |", "| Answer | **5** days |") == ("Answer · 7 days", "Answer · 5 days")
    assert excerpts("", "New words") == ("", "New words")
    assert excerpts("a a", "a") == ("a a", "a")


# What comes from strangers

HOSTILE = [
    "@everyone <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://evil.example/y.png)",
    "/approve", "/close", "# Heading", "<!-- rutine memo -->", "--> <b>", "| a | b |", "`code` **bold** ~~gone~~", "fixes #1, !2, %3, GH-4, $5",
    "&#64;everyone &lt;b&gt;", "www.evil.example https://evil.example", "\u202eevil\u0007\u001b[31m",
]  # fmt: skip


def test_no_text_of_a_document_is_markup_or_a_command(root: Path) -> None:
    quoted = [json.dumps(text) for text in HOSTILE]
    front = FRONT.replace("title: Fire", f"title: {json.dumps(' '.join(HOSTILE)[:140])}")
    front = front.replace("duties: [Leads the drill]", f"duties: [{', '.join(quoted)}]").replace(
        "LOV-2005-06-17-62", quoted[0]
    )
    front = (
        front.replace("owner: head", f"owner: {quoted[1]}")
        .replace("First version", quoted[0])
        .replace("[town]", f"[{', '.join(quoted)}]")
    )
    body = BODY + "\n".join(f"\n## {text}\n\n{text}\n" for text in HOSTILE) + "\n```\n/close\n```\n"
    write(root, "procedures/fire.md", front + body)
    write(root, "procedures/@everyone <b>.md", "# <b>\n")
    write(root, "`x` @all.txt", "")
    text = written(root)
    lines = text.splitlines()
    assert lines[0] == MARKER and text.count(MARKER) == 1
    assert [
        line for line in lines[1:] if line and not line.lstrip().startswith(("- ", "|", "### ", "## ", "2 documents"))
    ] == []
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = {child.type for token in tokens for child in [token, *(token.children or [])]}
    assert not kinds & {"link_open", "image", "code_inline", "fence", "code_block", "s_open", "blockquote_open", "hr"}
    html = [
        child.content for token in tokens for child in [token, *(token.children or [])] if child.type.startswith("html")
    ]
    assert {content.strip() for content in html} == {MARKER, "<!-- -->"}
    shown = text.replace("@<!-- -->", "")
    assert "@" not in shown and "\u202e" not in shown and "\x1b" not in shown and "\x07" not in shown


def test_a_memo_that_a_forge_takes(root: Path) -> None:
    """However much changes: no longer than a comment may be."""
    for number in range(100, 400):
        write(
            root,
            f"procedures/p{number}.md",
            (FRONT + BODY).replace("HR-001", f"HR-{number}").replace("Fire", f"Fire {'x' * 100}"),
        )
    text = written(root)
    assert len(text) < 65_536
    assert "… and 200 more.\n" in text
    assert "There is no room here for " in text
    assert LONGEST < 65_536


def test_files_that_cannot_be_read_are_told_of(root: Path) -> None:
    """A broken document before, after or both: the others are told as ever."""
    broken = {
        "a.md": b"---\nid: [\n---\n\nText\n",
        "b.md": b"\xff\xfe\0",
        "c.md": b"",
        "d.md": b"---\nid: HR-001\nkind: nothing\n---\n",
        "e.md": b"\0" * 9,
    }
    for name, content in broken.items():
        (root / "procedures" / name).write_bytes(content)
    commit(root)
    git(root, "branch", "-f", "main")
    for name in broken:
        (root / "procedures" / name).write_bytes(b"# Whole\n")
    write(
        root,
        "procedures/fire.md",
        "---\nid: HR-001\ntitle: {a: [b]}\nkind: procedure\nroles: 7\nrevisions: [1, {version: }]\n---\n",
    )
    (root / "procedures/water.md").write_bytes(b"\xff\xff")
    found = memo(root).documents
    assert sorted(change.document.path for change in found) == sorted(
        [*(f"procedures/{name}" for name in broken), "procedures/fire.md", "procedures/water.md"]
    )
    assert "unreadable" not in written(root)
    assert json.loads(render("json", "memo", memo(root)))["documents"]


def test_a_handbook_that_there_was_not_yet(root: Path) -> None:
    """Against a commit without a handbook, everything is new."""
    empty = git(root, "commit-tree", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "-m", "Nothing").strip()
    joined = git(root, "commit-tree", "HEAD^{tree}", "-p", empty, "-m", "All").strip()
    git(root, "reset", "-q", "--hard", joined)
    found = memo(root, empty)
    assert [(change.document.path, change.what) for change in found.documents] == [
        ("procedures/fire.md", "new"),
        ("procedures/water.md", "new"),
    ]
    assert [other.path for other in found.others] == ["handbook.yml"]
