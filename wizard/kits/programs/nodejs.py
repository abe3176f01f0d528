"""The program in JavaScript for Node.js, on IBM's package ibmmq, which is built on the C client."""

from __future__ import annotations

from wizard.kits.programs.work import filled, logs_in, work_of
from wizard.topology.values import Client

_HEAD = """\
'use strict';
// Connects with the settings of settings.sh. It needs IBM's package: npm install ibmmq
const mq = require('ibmmq');
const MQC = mq.MQC;

async function main() {
  const options = new mq.MQCNO();
"""
_LOGIN = """\
  const login = new mq.MQCSP();
  login.UserId = @USER@;
  login.Password = process.env.MQ_PASSWORD;
  options.SecurityParms = login;
"""
_CONNECTED = """\
  const connection = await mq.ConnxPromise(@QUEUE_MANAGER@, options);
  console.log('connected to', @QUEUE_MANAGER@);
"""
_PUT = """\
  const object = new mq.MQOD();
  object.ObjectName = @QUEUE@;
  object.ObjectType = MQC.MQOT_Q;
  const queue = await mq.OpenPromise(connection, object, @OPEN@);
  const sent = new mq.MQMD();
  sent.Format = 'MQSTR';
  const put = new mq.MQPMO();
  put.Options = MQC.MQPMO_NO_SYNCPOINT | MQC.MQPMO_NEW_MSG_ID;
  await mq.PutPromise(queue, sent, put, @MESSAGE@);
  console.log('put:', @MESSAGE@);
"""
_GET = """\
  const got = new mq.MQMD();
  got.MsgId = sent.MsgId; // our own message, nobody else's
  const get = new mq.MQGMO();
  get.MatchOptions = MQC.MQMO_MATCH_MSG_ID;
  get.Options = MQC.MQGMO_NO_SYNCPOINT | MQC.MQGMO_WAIT | MQC.MQGMO_CONVERT | MQC.MQGMO_FAIL_IF_QUIESCING;
  get.WaitInterval = 5000;
  const buffer = Buffer.alloc(256);
  mq.GetSync(queue, got, get, buffer, (error, length) => {
    if (error) throw error;
    console.log('got: ', buffer.toString('utf8', 0, length));
  });
"""
_CLOSE = """\
  await mq.ClosePromise(queue, 0);
"""
_TAIL = """\
  await mq.DiscPromise(connection);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
"""


def program(client: Client) -> tuple[str, str]:
    """The file and its text."""
    work = work_of(client)
    parts = [_HEAD, *([_LOGIN] if logs_in(client) else []), _CONNECTED]
    if work.puts:
        parts += [_PUT, *([_GET] if work.gets else []), _CLOSE]
    opened = "MQC.MQOO_OUTPUT | MQC.MQOO_INPUT_AS_Q_DEF" if work.gets else "MQC.MQOO_OUTPUT"
    return "put_get.js", filled("".join([*parts, _TAIL]), client, OPEN=opened)
