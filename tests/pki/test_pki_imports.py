from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["", ".values", ".passwords", ".errors", ".findings"])
def test_the_plain_values_load_no_cryptography(module: str) -> None:
    program = (
        f"import sys, wizard.pki{module}\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules} & {'cryptography', 'asn1crypto'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""
