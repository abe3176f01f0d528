"""The program for .NET, on IBM's package IBMMQDotnetClient in managed mode, with the user's certificate store."""

from __future__ import annotations

from wizard.kits.ccdt import connections
from wizard.kits.programs.work import filled, literal, logs_in, work_of
from wizard.topology.values import Client, Tls

_HEAD = """\
// To run it: dotnet new console, dotnet add package IBMMQDotnetClient, put this in the place of Program.cs, dotnet run
using System;
using System.Collections;
using IBM.WMQ;

public static class PutGet
{
    public static void Main()
    {
        var properties = new Hashtable
        {
            { MQC.TRANSPORT_PROPERTY, MQC.TRANSPORT_MQSERIES_MANAGED },
            { MQC.HOST_NAME_PROPERTY, @HOST@ },
            { MQC.PORT_PROPERTY, @PORT@ },
            { MQC.CHANNEL_PROPERTY, @CHANNEL@ },
        };
"""
_TLS = """\
        // .NET chooses the suite itself, so that the channel should have an ANY CipherSpec.
        properties.Add(MQC.SSL_CIPHER_SPEC_PROPERTY, @CIPHER@);
        properties.Add(MQC.SSL_CERT_STORE_PROPERTY, "*USER");
        properties.Add(MQC.SSL_PEER_NAME_PROPERTY, @PEER@); // MQ compares no host name
"""
_LOGIN = """\
        properties.Add(MQC.USE_MQCSP_AUTHENTICATION_PROPERTY, true);
        properties.Add(MQC.USER_ID_PROPERTY, @USER@);
        properties.Add(MQC.PASSWORD_PROPERTY, Environment.GetEnvironmentVariable("MQ_PASSWORD"));
"""
_CONNECTED = """\
        var queueManager = new MQQueueManager(@QUEUE_MANAGER@, properties);
        Console.WriteLine("connected to " + @QUEUE_MANAGER@);
"""
_PUT = """\
        var queue = queueManager.AccessQueue(@QUEUE@, @OPEN@);
        var sent = new MQMessage { Format = MQC.MQFMT_STRING };
        sent.WriteString(@MESSAGE@);
        queue.Put(sent, new MQPutMessageOptions { Options = MQC.MQPMO_NO_SYNCPOINT | MQC.MQPMO_NEW_MSG_ID });
        Console.WriteLine("put: " + @MESSAGE@);
"""
_GET = """\
        var got = new MQMessage { MessageId = sent.MessageId }; // our own message, nobody else's
        queue.Get(got, new MQGetMessageOptions
        {
            MatchOptions = MQC.MQMO_MATCH_MSG_ID,
            Options = MQC.MQGMO_NO_SYNCPOINT | MQC.MQGMO_WAIT | MQC.MQGMO_FAIL_IF_QUIESCING,
            WaitInterval = 5000,
        });
        Console.WriteLine("got:  " + got.ReadString(got.MessageLength));
"""
_CLOSE = """\
        queue.Close();
"""
_TAIL = """\
        queueManager.Disconnect();
    }
}
"""


def program(client: Client) -> tuple[str, str]:
    """The file and its text."""
    work = work_of(client)
    secured = client.tls is not Tls.NONE
    parts = [_HEAD, *([_TLS] if secured else []), *([_LOGIN] if logs_in(client) else []), _CONNECTED]
    if work.puts:
        parts += [_PUT, *([_GET] if work.gets else []), _CLOSE]
    first = connections(client.definition.text("CONNAME"))[0]
    values = {
        "HOST": literal(str(first["host"])),
        "PORT": str(first["port"]),
        "CHANNEL": literal(client.channel),
        "CIPHER": literal(client.cipher),
        "PEER": literal(client.definition.text("SSLPEER")),
        "OPEN": "MQC.MQOO_OUTPUT | MQC.MQOO_INPUT_AS_Q_DEF" if work.gets else "MQC.MQOO_OUTPUT",
    }
    return "PutGet.cs", filled("".join([*parts, _TAIL]), client, **values)
