"""The types of channel (CHLTYPE), and the sets of them that share attributes."""

from __future__ import annotations

from wizard.mq.attribute_type import of

SENDING = of("SDR SVR CLUSSDR CLUSRCVR")
"""Types that start conversations on their own account; a cluster-receiver's values go to the senders made
from it.
"""

RECEIVING = of("RCVR RQSTR CLUSRCVR")
MESSAGE = of("SDR SVR RCVR RQSTR CLUSSDR CLUSRCVR")
CLUSTER = of("CLUSSDR CLUSRCVR")
CALLING = of("SDR SVR RQSTR CLUSSDR CLUSRCVR CLNTCONN")
NOT_AMQP = MESSAGE | of("SVRCONN CLNTCONN")
EVERY = NOT_AMQP | of("AMQP")
ANSWERING = of("SVR RCVR RQSTR CLUSRCVR SVRCONN AMQP")
"""Types that may ask the partner for a certificate."""
