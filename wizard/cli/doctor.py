"""`mqwizard doctor`: what is right and wrong on this machine, for people or for programs."""

from __future__ import annotations

import argparse

from wizard.cli.order import request_of
from wizard.cli.output import result
from wizard.engine.doctor import examine
from wizard.run.doctor.report import report_records, report_text

UNWELL = 1


def doctor(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Show every finding; 1 where there are problems or warnings, so that a script notices."""
    found = examine(request_of(options, arguments))
    if options.json:
        result("\n".join(report_records(found.title, found.findings)))
    else:
        result(report_text(found.title, found.findings))
    return 0 if found.healthy else UNWELL
