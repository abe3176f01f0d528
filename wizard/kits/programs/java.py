"""The program for the IBM MQ classes for Java."""

from __future__ import annotations

from wizard.kits.programs import stores
from wizard.kits.programs.work import filled, logs_in, work_of
from wizard.topology.values import Client, Tls

_HEAD = """\
// Run it in this folder:  java -cp .:com.ibm.mq.jakarta.client.jar PutGet.java
import com.ibm.mq.MQGetMessageOptions;
import com.ibm.mq.MQMessage;
import com.ibm.mq.MQPutMessageOptions;
import com.ibm.mq.MQQueue;
import com.ibm.mq.MQQueueManager;
import com.ibm.mq.constants.CMQC;
@IMPORTS@import java.util.Hashtable;

public class PutGet {
    public static void main(String[] arguments) throws Exception {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(CMQC.TRANSPORT_PROPERTY, CMQC.TRANSPORT_MQSERIES_CLIENT);
        properties.put(CMQC.HOST_NAME_PROPERTY, @HOST@);
        properties.put(CMQC.PORT_PROPERTY, @PORT@);
        properties.put(CMQC.CHANNEL_PROPERTY, @CHANNEL@);
"""
_TLS = """\
        stores();
        properties.put(CMQC.SSL_CIPHER_SUITE_PROPERTY, suite());
        properties.put(CMQC.SSL_PEER_NAME_PROPERTY, @PEER@); // MQ compares no host name
"""
_LOGIN = """\
        properties.put(CMQC.USE_MQCSP_AUTHENTICATION_PROPERTY, true);
        properties.put(CMQC.USER_ID_PROPERTY, @USER@);
        properties.put(CMQC.PASSWORD_PROPERTY, System.getenv("MQ_PASSWORD"));
"""
_CONNECTED = """\
        MQQueueManager queueManager = new MQQueueManager(@QUEUE_MANAGER@, properties);
        System.out.println("connected to " + @QUEUE_MANAGER@);
"""
_PUT = """\
        MQQueue queue = queueManager.accessQueue(@QUEUE@, @OPEN@);
        MQMessage sent = new MQMessage();
        sent.format = CMQC.MQFMT_STRING;
        sent.writeString(@MESSAGE@);
        MQPutMessageOptions put = new MQPutMessageOptions();
        put.options = CMQC.MQPMO_NO_SYNCPOINT | CMQC.MQPMO_NEW_MSG_ID;
        queue.put(sent, put);
        System.out.println("put: " + @MESSAGE@);
"""
_GET = """\
        MQMessage got = new MQMessage();
        got.messageId = sent.messageId; // our own message, nobody else's
        MQGetMessageOptions get = new MQGetMessageOptions();
        get.matchOptions = CMQC.MQMO_MATCH_MSG_ID;
        get.options = CMQC.MQGMO_NO_SYNCPOINT | CMQC.MQGMO_WAIT | CMQC.MQGMO_FAIL_IF_QUIESCING;
        get.waitInterval = 5000;
        queue.get(got, get);
        System.out.println("got:  " + got.readStringOfByteLength(got.getMessageLength()));
"""
_CLOSE = """\
        queue.close();
"""
_TAIL = """\
        queueManager.disconnect();
    }
"""


def program(client: Client) -> tuple[str, str]:
    """The file and its text."""
    work = work_of(client)
    secured = client.tls is not Tls.NONE
    parts = [_HEAD, *([_TLS] if secured else []), *([_LOGIN] if logs_in(client) else []), _CONNECTED]
    if work.puts:
        parts += [_PUT, *([_GET] if work.gets else []), _CLOSE]
    opened = "CMQC.MQOO_OUTPUT | CMQC.MQOO_INPUT_AS_Q_DEF" if work.gets else "CMQC.MQOO_OUTPUT"
    text = "".join([*parts, _TAIL, stores.methods(client), "}\n"])
    imports = stores.IMPORTS if secured else ""
    return "PutGet.java", filled(text, client, OPEN=opened, IMPORTS=imports, **stores.values(client))
