"""What further messages of channels and clients mean (facts TLS 5, 6; commands 8).

Recalled: AMQ9207, 9209, 9489, 9502, 9508, 9514, 9519, 9520, 9536, 9644, 9645, 9652, 9656, 9663, 9668 to 9671, 9674,
9699, 9787, 9790. Of AMQ9650, 9692 and 9720 nothing is known but that they belong to TLS.
"""

from __future__ import annotations

from wizard.mq.message_type import Meaning


def _unknown(message_id: str) -> Meaning:
    what = f"A message of TLS or channel security; what {message_id} says exactly is not known here."
    return Meaning(what, f"`mqrc {message_id}` prints IBM's text.")


MORE_MEANINGS = {
    "AMQ9203": Meaning("The host name has no address.", "Correct the connection name, or make the name known."),
    "AMQ9207": Meaning("What came is no MQ data.", "A port scanner, a health check, or TLS to a plain channel."),
    "AMQ9209": Meaning(
        "The connection to the partner closed.", "The cause is in an earlier message, or at the partner."
    ),
    "AMQ9489": Meaning("The channel has as many instances as MAXINST allows.", "End some, or raise MAXINST."),
    "AMQ9490": Meaning("One client has as many instances as MAXINSTC allows.", "Let it disconnect, or raise MAXINSTC."),
    "AMQ9502": Meaning("The channel of that name has another type.", "Clients need a SVRCONN; check the name."),
    "AMQ9508": Meaning("The queue manager is not there for the listener.", "Start it; see its error log."),
    "AMQ9519": Meaning("There is no channel of that name here.", "Define it, or correct the name; case counts."),
    "AMQ9520": Meaning(
        "The partner has no channel of that name.", "Define it there, or correct the name; case counts."
    ),
    "AMQ9536": Meaning("A channel exit closed the channel.", "See the exit's own log."),
    "AMQ9645": Meaning("The correctly labelled certificate is missing.", "Check CERTLABL and the key repository."),
    "AMQ9650": _unknown("AMQ9650"),
    "AMQ9652": Meaning("A certificate of the partner has probably expired.", "Check the dates of its whole chain."),
    "AMQ9656": Meaning("The partner's certificate is not valid.", "As for AMQ9633."),
    "AMQ9663": Meaning("The partner's certificate is not valid.", "As for AMQ9633."),
    "AMQ9668": Meaning("The library of the cryptographic hardware cannot be loaded.", "Check SSLCRYP."),
    "AMQ9669": Meaning("The token of the cryptographic hardware was not found.", "Check SSLCRYP."),
    "AMQ9670": Meaning("The cryptographic hardware is not there.", "Check SSLCRYP and the card."),
    "AMQ9671": Meaning("The password of the cryptographic token is wrong.", "Correct it in SSLCRYP."),
    "AMQ9674": Meaning("An unknown error came from the TLS library.", "Trace it: strmqtrc -t ssl."),
    "AMQ9692": _unknown("AMQ9692"),
    "AMQ9699": Meaning("An unknown error came from the TLS library.", "Trace it: strmqtrc -t ssl."),
    "AMQ9720": _unknown("AMQ9720"),
    "AMQ9787": Meaning("A rule with WARN(YES) would have refused a connection.", "See which, and whether it is meant."),
}
"""By id without severity letter."""
