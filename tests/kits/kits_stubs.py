"""As much of IBM's headers and classes as the programs of a kit name, so that compilers can judge these programs."""

from __future__ import annotations

from pathlib import Path

C_HEADER = """\
typedef int MQLONG; typedef char MQCHAR48[48]; typedef char MQCHAR8[8]; typedef unsigned char MQBYTE24[24];
typedef int MQHCONN; typedef int MQHOBJ;
typedef struct { MQLONG Version, AuthenticationType; void *CSPUserIdPtr, *CSPPasswordPtr; MQLONG CSPUserIdLength,
  CSPPasswordLength; } MQCSP;
typedef struct { MQLONG Version; MQCSP *SecurityParmsPtr; } MQCNO;
typedef struct { MQLONG Version; MQCHAR48 ObjectName; } MQOD;
typedef struct { MQLONG Version; MQCHAR8 Format; MQBYTE24 MsgId; } MQMD;
typedef struct { MQLONG Version, Options; } MQPMO;
typedef struct { MQLONG Version, Options, WaitInterval, MatchOptions; } MQGMO;
#define MQCSP_DEFAULT 1
#define MQCNO_DEFAULT 1
#define MQOD_DEFAULT 1
#define MQMD_DEFAULT 1
#define MQPMO_DEFAULT 1
#define MQGMO_DEFAULT 1
enum { MQHC_UNUSABLE_HCONN = -1, MQCC_FAILED = 2, MQCSP_AUTH_USER_ID_AND_PWD = 1, MQCNO_VERSION_5 = 5, MQOO_OUTPUT = 16,
  MQOO_INPUT_AS_Q_DEF = 1, MQOO_FAIL_IF_QUIESCING = 8192, MQPMO_NO_SYNCPOINT = 4, MQPMO_NEW_MSG_ID = 64,
  MQPMO_FAIL_IF_QUIESCING = 8192, MQGMO_VERSION_2 = 2, MQMO_MATCH_MSG_ID = 1, MQGMO_NO_SYNCPOINT = 4, MQGMO_WAIT = 1,
  MQGMO_CONVERT = 16384, MQGMO_FAIL_IF_QUIESCING = 8192, MQCO_NONE = 0 };
#define MQFMT_STRING "MQSTR   "
#define MQ_FORMAT_LENGTH 8
#define MQ_Q_NAME_LENGTH 48
void MQCONN(char *, MQHCONN *, MQLONG *, MQLONG *);
void MQCONNX(char *, MQCNO *, MQHCONN *, MQLONG *, MQLONG *);
void MQOPEN(MQHCONN, MQOD *, MQLONG, MQHOBJ *, MQLONG *, MQLONG *);
void MQPUT(MQHCONN, MQHOBJ, MQMD *, MQPMO *, MQLONG, void *, MQLONG *, MQLONG *);
void MQGET(MQHCONN, MQHOBJ, MQMD *, MQGMO *, MQLONG, void *, MQLONG *, MQLONG *, MQLONG *);
void MQCLOSE(MQHCONN, MQHOBJ *, MQLONG, MQLONG *, MQLONG *);
void MQDISC(MQHCONN *, MQLONG *, MQLONG *);
"""

_PROPERTIES = (
    "TRANSPORT_PROPERTY TRANSPORT_MQSERIES_CLIENT HOST_NAME_PROPERTY PORT_PROPERTY CHANNEL_PROPERTY "
    "SSL_CIPHER_SUITE_PROPERTY SSL_PEER_NAME_PROPERTY USE_MQCSP_AUTHENTICATION_PROPERTY USER_ID_PROPERTY "
    "PASSWORD_PROPERTY MQFMT_STRING"
)
_NUMBERS = (
    "MQOO_OUTPUT MQOO_INPUT_AS_Q_DEF MQPMO_NO_SYNCPOINT MQPMO_NEW_MSG_ID MQMO_MATCH_MSG_ID MQGMO_NO_SYNCPOINT "
    "MQGMO_WAIT MQGMO_FAIL_IF_QUIESCING"
)


def _texts(names: str) -> str:
    return " ".join(f'String {one} = "{one}";' for one in names.split())


def _numbers(names: str) -> str:
    return " ".join(f"int {one} = 1;" for one in names.split())


CLASSES = {
    "com.ibm.mq.constants.CMQC": f"public interface CMQC {{ {_texts(_PROPERTIES)} {_numbers(_NUMBERS)} }}",
    "com.ibm.mq.MQMessage": "public class MQMessage { public String format; public byte[] messageId; "
    "public void writeString(String s) throws java.io.IOException {} "
    "public int getMessageLength() throws java.io.IOException { return 0; } "
    'public String readStringOfByteLength(int n) throws java.io.IOException { return ""; } }',
    "com.ibm.mq.MQPutMessageOptions": "public class MQPutMessageOptions { public int options; }",
    "com.ibm.mq.MQGetMessageOptions": "public class MQGetMessageOptions { "
    "public int options, matchOptions, waitInterval; }",
    "com.ibm.mq.MQQueue": "public class MQQueue { "
    "public void put(MQMessage m, MQPutMessageOptions o) throws Exception {} "
    "public void get(MQMessage m, MQGetMessageOptions o) throws Exception {} public void close() throws Exception {} }",
    "com.ibm.mq.MQQueueManager": "public class MQQueueManager { "
    "public MQQueueManager(String n, java.util.Hashtable<?, ?> p) throws Exception {} "
    "public MQQueue accessQueue(String n, int o) throws Exception { return null; } "
    "public void disconnect() throws Exception {} }",
}

_JMS = {
    "jms.Queue": "public interface Queue {}",
    "jms.Message": "public interface Message { String getJMSMessageID() throws Exception; }",
    "jms.TextMessage": "public interface TextMessage extends Message {}",
    "jms.JMSProducer": "public interface JMSProducer { JMSProducer send(Queue q, Message m); }",
    "jms.JMSConsumer": "public interface JMSConsumer extends AutoCloseable { <T> T receiveBody(Class<T> c, long t); "
    "void close(); }",
    "jms.JMSContext": "public interface JMSContext extends AutoCloseable { Queue createQueue(String n); "
    "TextMessage createTextMessage(String t); JMSProducer createProducer(); "
    "JMSConsumer createConsumer(Queue q, String s); void close(); }",
}
_JMS_PROPERTIES = (
    "WMQ_CONNECTION_MODE WMQ_HOST_NAME WMQ_PORT WMQ_CHANNEL WMQ_QUEUE_MANAGER WMQ_SSL_CIPHER_SUITE "
    "WMQ_SSL_PEER_NAME USER_AUTHENTICATION_MQCSP USERID PASSWORD WMQ_PROVIDER JAKARTA_WMQ_PROVIDER"
)
_IBM_JMS = {
    "jms.JmsConnectionFactory": "public interface JmsConnectionFactory { "
    "void setIntProperty(String n, int v) throws Exception; "
    "void setStringProperty(String n, String v) throws Exception; "
    "void setBooleanProperty(String n, boolean v) throws Exception; %s.jms.JMSContext createContext(); }",
    "jms.JmsFactoryFactory": "public class JmsFactoryFactory { "
    "public static JmsFactoryFactory getInstance(String p) throws Exception { return null; } "
    "public JmsConnectionFactory createConnectionFactory() throws Exception { return null; } }",
    "wmq.WMQConstants": f"public interface WMQConstants {{ {_texts(_JMS_PROPERTIES)} int WMQ_CM_CLIENT = 1; }}",
}


def java_stubs(folder: Path) -> list[Path]:
    """The sources of every class that a program names, of Jakarta Messaging and of JMS 2.0."""
    classes = dict(CLASSES)
    for package, ibm in (("jakarta", "com.ibm.msg.client.jakarta"), ("javax", "com.ibm.msg.client")):
        classes |= {f"{package}.{name}": text for name, text in _JMS.items()}
        classes |= {f"{ibm}.{name}": text.replace("%s.jms", f"{package}.jms") for name, text in _IBM_JMS.items()}
    written = []
    for name, text in classes.items():
        package, _, simple = name.rpartition(".")
        path = folder / package.replace(".", "/") / f"{simple}.java"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"package {package};\n{text}\n", encoding="utf-8")
        written.append(path)
    return written
