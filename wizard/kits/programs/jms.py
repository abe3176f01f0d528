"""The program for JMS: Jakarta Messaging from MQ 9.3 on, JMS 2.0 before."""

from __future__ import annotations

from wizard.kits.programs import stores
from wizard.kits.programs.work import filled, logs_in, work_of
from wizard.topology.values import Client, Tls

_HEAD = """\
// Run it in this folder:  java -cp .:com.ibm.mq.jakarta.client.jar:jakarta.jms-api.jar:json.jar PutGetJms.java
import com.ibm.msg.client.jakarta.jms.JmsConnectionFactory;
import com.ibm.msg.client.jakarta.jms.JmsFactoryFactory;
import com.ibm.msg.client.jakarta.wmq.WMQConstants;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
@IMPORTS@
public class PutGetJms {
    public static void main(String[] arguments) throws Exception {
        JmsConnectionFactory factory =
            JmsFactoryFactory.getInstance(WMQConstants.JAKARTA_WMQ_PROVIDER).createConnectionFactory();
        factory.setIntProperty(WMQConstants.WMQ_CONNECTION_MODE, WMQConstants.WMQ_CM_CLIENT);
        factory.setStringProperty(WMQConstants.WMQ_HOST_NAME, @HOST@);
        factory.setIntProperty(WMQConstants.WMQ_PORT, @PORT@);
        factory.setStringProperty(WMQConstants.WMQ_CHANNEL, @CHANNEL@);
        factory.setStringProperty(WMQConstants.WMQ_QUEUE_MANAGER, @QUEUE_MANAGER@);
"""
_TLS = """\
        stores();
        factory.setStringProperty(WMQConstants.WMQ_SSL_CIPHER_SUITE, suite());
        factory.setStringProperty(WMQConstants.WMQ_SSL_PEER_NAME, @PEER@); // MQ compares no host name
"""
_LOGIN = """\
        factory.setBooleanProperty(WMQConstants.USER_AUTHENTICATION_MQCSP, true);
        factory.setStringProperty(WMQConstants.USERID, @USER@);
        factory.setStringProperty(WMQConstants.PASSWORD, System.getenv("MQ_PASSWORD"));
"""
_CONNECTED = """\
        try (JMSContext context = factory.createContext()) {
            System.out.println("connected to " + @QUEUE_MANAGER@);
"""
_PUT = """\
            Queue queue = context.createQueue("queue:///" + @QUEUE@);
            TextMessage sent = context.createTextMessage(@MESSAGE@);
            context.createProducer().send(queue, sent);
            System.out.println("put: " + @MESSAGE@);
"""
_GET = """\
            // our own message, nobody else's
            String mine = "JMSMessageID='" + sent.getJMSMessageID() + "'";
            try (JMSConsumer consumer = context.createConsumer(queue, mine)) {
                System.out.println("got:  " + consumer.receiveBody(String.class, 5000));
            }
"""
_TAIL = """\
        }
    }
"""


def program(client: Client) -> tuple[str, str]:
    """The file and its text."""
    work = work_of(client)
    secured = client.tls is not Tls.NONE
    parts = [_HEAD, *([_TLS] if secured else []), *([_LOGIN] if logs_in(client) else []), _CONNECTED]
    if work.puts:
        parts += [_PUT, *([_GET] if work.gets else [])]
    text = "".join([*parts, _TAIL, stores.methods(client), "}\n"])
    if not client.release.pkcs12_repository:
        text = _before_jakarta(text)
    imports = stores.IMPORTS if secured else ""
    return "PutGetJms.java", filled(text, client, IMPORTS=imports, **stores.values(client))


def _before_jakarta(text: str) -> str:
    """JMS 2.0: the packages of MQ before 9.3, where there is no Jakarta Messaging (recalled)."""
    for new, old in (
        ("com.ibm.mq.jakarta.client.jar:jakarta.jms-api.jar", "com.ibm.mq.allclient.jar:javax.jms-api.jar"),
        ("com.ibm.msg.client.jakarta.", "com.ibm.msg.client."),
        ("import jakarta.jms.", "import javax.jms."),
        ("JAKARTA_WMQ_PROVIDER", "WMQ_PROVIDER"),
    ):
        text = text.replace(new, old)
    return text
