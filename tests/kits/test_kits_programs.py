"""The programs in a kit: what compilers here can judge they judge, and each does what the recipe grants and no more."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from judges import verdict
from kits_stubs import C_HEADER, java_stubs
from kits_support import kit

from wizard.kits.programs import MAKERS

FILES = {
    "c": "put_get.c",
    "java": "PutGet.java",
    "jms": "PutGetJms.java",
    "dotnet": "PutGet.cs",
    "nodejs": "put_get.js",
    "python": "put_get.py",
    "go": "put_get.go",
}
KITS = {
    "mutual": {},
    "server": {"tls": "server"},
    "plain": {"tls": "none", "address": "10.1.1.1"},
    "puts only": {"queues": {"Q1": ["put"]}},
    "connects only": {"queues": {}},
}


def files(case: str, release: str = "9.4") -> dict[str, str]:
    return kit(release, **KITS[case])


def test_a_kit_holds_a_program_of_each_kind_unless_the_recipe_names_some() -> None:
    assert set(FILES) == set(MAKERS)
    assert set(FILES.values()) <= set(files("mutual"))
    chosen = kit(kit=["python", "go"])
    assert {name for name in chosen if name in FILES.values()} == {"put_get.py", "put_get.go"}
    assert "Node.js: `npm" not in chosen["README.md"]
    assert "Java and JMS" not in chosen["README.md"]


def test_before_9_3_there_is_no_store_that_java_reads_and_so_no_program_for_it() -> None:
    old = files("mutual", "9.2")
    assert "PutGet.java" not in old
    assert "put_get.c" in old
    assert "-new_format pkcs12" in old["README.md"]


@pytest.mark.parametrize("case", KITS)
def test_c_compiles(case: str, tmp_path: Path) -> None:
    (tmp_path / "cmqc.h").write_text(C_HEADER, encoding="ascii")
    (tmp_path / "put_get.c").write_text(files(case)["put_get.c"], encoding="utf-8")
    verdict("gcc", "-fsyntax-only", "-std=c99", "-Wall", "-Werror", "-I", tmp_path, tmp_path / "put_get.c")


def test_java_and_jms_compile_for_every_kind_of_kit(tmp_path: Path) -> None:
    sources = java_stubs(tmp_path / "stubs")
    kits = {case.replace(" ", "_"): files(case) for case in KITS}
    kits |= {"old": files("plain", "9.2"), "quoted": kit(organization='A"B\\C')}
    for package, made in kits.items():
        (tmp_path / package).mkdir()
        for name in ("PutGet.java", "PutGetJms.java"):
            path = tmp_path / package / name
            path.write_text(f"package {package};\n{made[name]}", encoding="utf-8")
            sources.append(path)
    verdict("javac", "-proc:none", "-d", tmp_path / "classes", *sources)


@pytest.mark.parametrize("case", ["server", "puts only"])
def test_javascript_and_python_parse(case: str, tmp_path: Path) -> None:
    made = files(case)
    script = tmp_path / "put_get.js"
    script.write_text(made["put_get.js"], encoding="utf-8")
    verdict("node", "--check", script)
    ast.parse(made["put_get.py"])


@pytest.mark.parametrize("name", FILES.values())
def test_a_program_gets_its_own_message_only_and_only_where_it_may(name: str) -> None:
    mutual = files("mutual")[name]
    assert re.search(r"own message, nobody else's", mutual)
    assert '"Q1"' in mutual
    assert "own message" not in files("puts only")[name]
    assert '"Q1"' in files("puts only")[name]
    nothing = files("connects only")[name]
    assert "MESSAGE@" not in nothing
    assert "put" not in nothing.split("connected to", 1)[1].lower()


@pytest.mark.parametrize("name", FILES.values())
def test_a_login_takes_its_password_from_the_environment(name: str) -> None:
    assert "MQ_PASSWORD" in files("server")[name]
    assert "MQ_PASSWORD" not in files("mutual")[name]


@pytest.mark.parametrize("name", ["PutGet.java", "PutGetJms.java"])
def test_java_chooses_the_suite_by_the_names_of_its_jre_and_reads_the_password_from_a_file(name: str) -> None:
    made = kit(cipher="ECDHE_RSA_AES_256_GCM_SHA384")[name]
    assert '"SSL_ECDHE_RSA_WITH_AES_256_GCM_SHA384"' in made
    assert '"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"' in made
    assert '"../app1.password"' in made
    assert '"keyStore", "trustStore"' in made
    assert '"keyStore"' not in kit(tls="server")[name]
    assert "CN=QM1,OU=MQ,O=Example" in made


def test_jms_before_9_3_is_javax() -> None:
    assert "jakarta" not in files("plain", "9.2")["PutGetJms.java"].lower()
    assert "import jakarta.jms.JMSContext;" in files("mutual")["PutGetJms.java"]
