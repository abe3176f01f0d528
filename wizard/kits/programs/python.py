"""The program in Python, on IBM's package ibmmq, which is built on the C client."""

from __future__ import annotations

from wizard.kits.programs.work import filled, logs_in, work_of
from wizard.topology.values import Client

_HEAD = '''\
"""Connects with the settings of settings.sh. It needs IBM's package: pip install ibmmq"""

@IMPORTS@import ibmmq as mq

'''
_PLAIN = """\
queue_manager = mq.connect(@QUEUE_MANAGER@)
"""
_LOGIN = """\
login = mq.CSP()
login.CSPUserId = @USER@
login.CSPPassword = os.environ["MQ_PASSWORD"]
queue_manager = mq.QueueManager(None)
queue_manager.connect_with_options(@QUEUE_MANAGER@, csp=login)
"""
_CONNECTED = """\
print("connected to", @QUEUE_MANAGER@)
"""
_PUT = """\
queue = mq.Queue(queue_manager, @QUEUE@, @OPEN@)
sent = mq.MD()
sent.Format = mq.CMQC.MQFMT_STRING
queue.put(@MESSAGE@, sent)
print("put:", @MESSAGE@)
"""
_GET = """\
got = mq.MD()
got.MsgId = sent.MsgId  # our own message, nobody else's
options = mq.GMO()
options.Version = mq.CMQC.MQGMO_VERSION_2
options.MatchOptions = mq.CMQC.MQMO_MATCH_MSG_ID
options.Options = mq.CMQC.MQGMO_NO_SYNCPOINT | mq.CMQC.MQGMO_WAIT | mq.CMQC.MQGMO_FAIL_IF_QUIESCING
options.WaitInterval = 5000
print("got: ", queue.get(None, got, options).decode())
"""
_CLOSE = """\
queue.close()
"""
_TAIL = """\
queue_manager.disconnect()
"""


def program(client: Client) -> tuple[str, str]:
    """The file and its text."""
    work = work_of(client)
    parts = [_HEAD, _LOGIN if logs_in(client) else _PLAIN, _CONNECTED]
    if work.puts:
        parts += [_PUT, *([_GET] if work.gets else []), _CLOSE]
    opened = "mq.CMQC.MQOO_OUTPUT | mq.CMQC.MQOO_INPUT_AS_Q_DEF" if work.gets else "mq.CMQC.MQOO_OUTPUT"
    imports = "import os\n\n" if logs_in(client) else ""
    return "put_get.py", filled("".join([*parts, _TAIL]), client, OPEN=opened, IMPORTS=imports)
