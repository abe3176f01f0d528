"""`mqwizard renew`: new labels in the recipe, and what to do from there."""

from __future__ import annotations

import argparse

from wizard.cli.output import result, say
from wizard.errors import UsageError


def renew(options: argparse.Namespace) -> int:
    """Change the recipe; nothing else is touched."""
    from wizard.engine.renew import renew as renewed
    from wizard.run.transcript import now

    if options.recipe is None:
        raise UsageError("No recipe was named.", remedy="Name the one that holds the certificates with --recipe.")
    done = renewed(options.recipe, options.names, now().year)
    for one in done:
        result(f"{one.name}: label {one.old} → {one.new}")
    say(
        f"The recipe names the new labels. Look at the plan (mqwizard --recipe {options.recipe} --dry-run), then run "
        f"it: new certificates are made beside the old ones, then shown, after a refresh with your consent. When "
        f"nobody uses the old ones any more, mqwizard certs --recipe {options.recipe} tells how to remove them."
    )
    if any(one.self_signed for one in done):
        say(
            "Self-signed: partners must trust the new certificate before it is shown. Which of two keys under one name "
            "MQ takes is not known: take the old signer out once everybody has the new one."
        )
    return 0
