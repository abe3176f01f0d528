"""Each case is a script; `*! rule …` stands before the command that these rules must find something in.

A case that begins with `*! release V` is for a queue manager of that release, one with `*! once` is not replayed. That
a line is wider than z/OS reads is left out: most are.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from wizard.mq.lint import RULES, LintFinding, Severity, lint
from wizard.mq.reader import logical_lines
from wizard.mq.releases import NEWEST_LONG_TERM, Release

CASES = sorted((Path(__file__).parent / "lint_cases").glob("*.mqsc"))
MARK = "*! "
ELSEWHERE = {"columns", "tab-at-end", "open-end", "byte-order-mark", "encoding", "key-repository"}
"""Rules that the cases cannot show; tests of their own do."""


def directives(text: str) -> tuple[Release, bool]:
    """The release and whether the script is replayed."""
    first = text.split("\n", 1)[0].removeprefix(MARK).split()
    release = Release.parse(first[1]) if first[:1] == ["release"] and len(first) == 2 else NEWEST_LONG_TERM
    return release, first != ["once"]


def expected(text: str) -> Counter[tuple[int, str]]:
    """Line and rule of every finding that there must be."""
    begins = [found.line for found in logical_lines(text)]
    wanted: Counter[tuple[int, str]] = Counter()
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.removeprefix(MARK).split()
        if line.startswith(MARK) and not (number == 1 and words[0] in {"release", "once"} and words != ["release"]):
            target = next(begin for begin in begins if begin > number)
            wanted.update((target, rule) for rule in words)
    return wanted


def rules(text: str, release: str = "9.4", *, replayed: bool = False) -> list[str]:
    return [finding.rule for finding in lint(text, "x.mqsc", Release.parse(release), replayed=replayed)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_script_shows_exactly_the_mistakes_that_are_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    release, replayed = directives(text)
    found = lint(text, path.name, release, replayed=replayed)
    shown = Counter((one.line, one.rule) for one in found if one.rule != "columns")
    assert shown == expected(text), "\n".join(map(str, found))


def test_every_rule_has_a_case() -> None:
    shown = {rule for path in CASES for _, rule in expected(path.read_text(encoding="utf-8"))}
    assert set(RULES) - shown - ELSEWHERE == set()


def test_a_finding_is_one_line_with_place_severity_rule_and_remedy() -> None:
    (finding,) = lint("\nALTER QMGR CHLAUTH(DISABLED)", "app.mqsc", NEWEST_LONG_TERM)
    assert finding == LintFinding(
        Severity.WARNING,
        "app.mqsc",
        2,
        "chlauth-off",
        "CHLAUTH(DISABLED): no channel authentication record is applied, whatever is set.",
        "Leave it ENABLED and let partners in by records.",
    )
    assert str(finding) == (
        "app.mqsc:2: warning: CHLAUTH(DISABLED): no channel authentication record is applied, whatever is set "
        "(chlauth-off). Leave it ENABLED and let partners in by records."
    )


def test_every_finding_says_what_to_do() -> None:
    silent = {"value"}
    for path in CASES:
        text = path.read_text(encoding="utf-8")
        for finding in lint(text, path.name, directives(text)[0]):
            assert finding.what.endswith("."), finding
            assert finding.remedy or finding.rule in silent, finding


@pytest.mark.parametrize(
    "secret",
    [
        "KEYRPWD('hunter2')",
        "INITKEY('hunter2')",
        "KEYRPWD('hunter2",
        "KEYRPWD(hunter2=)",
        "KEYRPWD hunter2",
        "KEYRPWD(\nhunter2\n)",
    ],
)
def test_a_secret_is_never_repeated(secret: str) -> None:
    found = lint(
        f"ALTER QMGR {secret}\nDEFINE AUTHINFO(A) AUTHTYPE(IDPWLDAP) LDAPPWD('hunter2')", "x", NEWEST_LONG_TERM
    )
    assert found
    assert "hunter2" not in "\n".join(map(str, found)).lower()


def test_a_line_that_ends_in_a_tab_does_not_continue() -> None:
    (finding,) = lint("DEFINE QLOCAL(A) +\t\nREPLACE\n", "x", NEWEST_LONG_TERM)
    assert (finding.rule, finding.line) == ("tab-at-end", 1)
    assert "does not continue" in finding.what


def test_a_script_that_ends_inside_a_command() -> None:
    assert rules("DEFINE QLOCAL(A) REPLACE +\n* nothing more\n") == ["open-end"]


def test_a_byte_order_mark_and_what_is_not_utf_8() -> None:
    assert rules("\ufeffDEFINE QLOCAL(A) REPLACE") == ["byte-order-mark"]
    assert rules("DEFINE QLOCAL(A) DESCR('\ufffd') REPLACE") == ["encoding"]


def test_only_the_first_line_that_is_too_wide_is_told() -> None:
    wide = "* " + "x" * 80
    assert rules(f"{wide}\n{wide}") == ["columns"]


def test_a_line_that_runmqsc_cuts_is_an_error() -> None:
    cut, _ = lint("DEFINE QLOCAL(A) +\n" + " " * 2048 + "REPLACE", "x", NEWEST_LONG_TERM)
    assert (cut.rule, cut.line) == ("syntax", 2)


@pytest.mark.parametrize(
    ("name", "release", "rule"),
    [
        ("/x/key.kdb", "9.2", "key-repository"),
        ("/x/key.p12", "9.2", "key-repository"),
        ("/x/key", "9.2", None),
        ("/x/key.kdb", "9.3", None),
        ("/x/key.p12", "9.3", None),
        ("/x/key", "9.3", "key-repository-stem"),
        ("/x/key.sth", "9.4", "key-repository"),
        ("C:\\mq.data\\key", "9.4", "key-repository-stem"),
    ],
)
def test_how_a_key_repository_is_named_depends_on_the_release(name: str, release: str, rule: str | None) -> None:
    found = rules(f"ALTER QMGR SSLKEYR('{name}') CERTLABL('x')\nREFRESH SECURITY TYPE(SSL)", release)
    assert found == ([rule] if rule else [])


def test_the_release_from_which_weak_cipherspecs_are_gone_says_so() -> None:
    script = "DEFINE CHANNEL(A) CHLTYPE(SDR) CONNAME('h') +\n XMITQ(SYSTEM.X) SSLCIPH(RC4_MD5_US)"
    (before,) = lint(script, "x", Release(9, 4), replayed=False)
    (after,) = lint(script, "x", Release(9, 4, 4), replayed=False)
    assert before.rule == after.rule == "weak-cipher"
    assert "again" in after.remedy and "again" not in before.remedy


def test_crlf_and_a_missing_newline_at_the_end_change_nothing() -> None:
    for path in CASES:
        text = path.read_text(encoding="utf-8")
        release, replayed = directives(text)
        windows = text.replace("\n", "\r\n").removesuffix("\r\n")
        assert lint(windows, "x", release, replayed=replayed) == lint(text, "x", release, replayed=replayed), path.name


def test_an_empty_script_is_clean() -> None:
    assert rules("") == rules("* nothing\n\n") == []
