"""Other people's tools that judge what mqwizard makes: openssl, keytool, certutil, pk12util, certtool.

A test asks `judge("openssl")` for the path and runs it. Where the tool is absent the test says so by name; with
JUDGES=required in the environment its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

PACKAGES = {
    "openssl": "openssl",
    "keytool": "a JRE, such as openjdk-17-jre-headless",
    "java": "a JDK, such as default-jdk-headless",
    "javac": "a JDK, such as default-jdk-headless",
    "gcc": "gcc",
    "node": "nodejs",
    "certutil": "libnss3-tools",
    "pk12util": "libnss3-tools",
    "certtool": "gnutls-bin",
}


def judge(name: str) -> str:
    """The path of a judge; the test is skipped, or fails with JUDGES=required, where it is not installed."""
    path = shutil.which(name)
    if path is not None:
        return path
    absent = f"the judge {name} is absent; install {PACKAGES.get(name, name)}"
    if os.environ.get("JUDGES") == "required":
        pytest.fail(absent)
    pytest.skip(absent)


def verdict(name: str, *arguments: object, given: str = "") -> str:
    """Everything the judge says; the test fails with it when the judge is not content."""
    done = subprocess.run(
        [judge(name), *map(str, arguments)],
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # openssl prints labels in Latin-1
        timeout=120,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", "JAVA_TOOL_OPTIONS": ""},
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, f"{name} ended with {done.returncode}:\n{said}"
    return said
