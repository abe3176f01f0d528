"""The program in Go, on IBM's module mq-golang, which is built on the C client."""

from __future__ import annotations

from wizard.kits.programs.work import filled, logs_in, work_of
from wizard.topology.values import Client

_HEAD = """\
// Connects with the settings of settings.sh. To build, where the C client is installed:
//
//	go mod init put_get && go get github.com/ibm-messaging/mq-golang/v5 && go build
package main

import (
	"fmt"
	"os"

	"github.com/ibm-messaging/mq-golang/v5/ibmmq"
)

func check(what string, err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, what+":", err)
		os.Exit(1)
	}
}

func main() {
	options := ibmmq.NewMQCNO()
"""
_LOGIN = """\
	login := ibmmq.NewMQCSP()
	login.AuthenticationType = ibmmq.MQCSP_AUTH_USER_ID_AND_PWD
	login.UserId = @USER@
	login.Password = os.Getenv("MQ_PASSWORD")
	options.SecurityParms = login
"""
_CONNECTED = """\
	connection, err := ibmmq.Connx(@QUEUE_MANAGER@, options)
	check("connecting", err)
	defer connection.Disc()
	fmt.Println("connected to", @QUEUE_MANAGER@)
"""
_PUT = """\
	object := ibmmq.NewMQOD()
	object.ObjectType = ibmmq.MQOT_Q
	object.ObjectName = @QUEUE@
	queue, err := connection.Open(object, @OPEN@)
	check("opening the queue", err)
	defer queue.Close(0)
	sent := ibmmq.NewMQMD()
	sent.Format = "MQSTR"
	put := ibmmq.NewMQPMO()
	put.Options = ibmmq.MQPMO_NO_SYNCPOINT | ibmmq.MQPMO_NEW_MSG_ID
	check("putting", queue.Put(sent, put, []byte(@MESSAGE@)))
	fmt.Println("put:", @MESSAGE@)
"""
_GET = """\
	got := ibmmq.NewMQMD()
	got.MsgId = sent.MsgId // our own message, nobody else's
	get := ibmmq.NewMQGMO()
	get.MatchOptions = ibmmq.MQMO_MATCH_MSG_ID
	get.Options = ibmmq.MQGMO_NO_SYNCPOINT | ibmmq.MQGMO_WAIT | ibmmq.MQGMO_CONVERT | ibmmq.MQGMO_FAIL_IF_QUIESCING
	get.WaitInterval = 5000
	buffer := make([]byte, 256)
	length, err := queue.Get(got, get, buffer)
	check("getting", err)
	fmt.Println("got: ", string(buffer[:length]))
"""


def program(client: Client) -> tuple[str, str]:
    """The file and its text."""
    work = work_of(client)
    parts = [_HEAD, *([_LOGIN] if logs_in(client) else []), _CONNECTED]
    if work.puts:
        parts += [_PUT, *([_GET] if work.gets else [])]
    opened = "ibmmq.MQOO_OUTPUT|ibmmq.MQOO_INPUT_AS_Q_DEF" if work.gets else "ibmmq.MQOO_OUTPUT"
    return "put_get.go", filled("".join([*parts, "}\n"]), client, OPEN=opened)
