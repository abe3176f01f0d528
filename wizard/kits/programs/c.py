"""The program in C. All but the queue comes from the environment: MQCCDTURL, MQSSLKEYR, MQKEYRPWD, MQCERTLABL."""

from __future__ import annotations

from wizard.kits.programs.work import filled, logs_in, work_of
from wizard.topology.values import Client

_HEAD = """\
/* Connects with the settings of settings.sh. To build, on Linux:
 *   gcc -m64 -o put_get put_get.c -I/opt/mqm/inc -L/opt/mqm/lib64 -Wl,-rpath,/opt/mqm/lib64 -lmqic_r
 * Other platforms link the same library (Windows: mqic.lib). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmqc.h>

static void failed(const char *call, MQLONG reason)
{
    fprintf(stderr, "%s failed with reason code %d (mqrc %d says what it means)\\n", call, (int)reason, (int)reason);
    exit(1);
}

int main(void)
{
    MQHCONN connection = MQHC_UNUSABLE_HCONN;
    MQLONG completion, reason;
    MQCHAR48 queue_manager = @QUEUE_MANAGER@;
"""
_PLAIN = """\
    MQCONN(queue_manager, &connection, &completion, &reason);
"""
_LOGIN = """\
    MQCNO options = {MQCNO_DEFAULT};
    MQCSP login = {MQCSP_DEFAULT};
    char *user = @USER@, *password = getenv("MQ_PASSWORD");

    if (password == NULL) {
        fprintf(stderr, "Put the password of %s into MQ_PASSWORD.\\n", user);
        return 2;
    }
    login.AuthenticationType = MQCSP_AUTH_USER_ID_AND_PWD;
    login.CSPUserIdPtr = user;
    login.CSPUserIdLength = (MQLONG)strlen(user);
    login.CSPPasswordPtr = password;
    login.CSPPasswordLength = (MQLONG)strlen(password);
    options.Version = MQCNO_VERSION_5;
    options.SecurityParmsPtr = &login;
    MQCONNX(queue_manager, &options, &connection, &completion, &reason);
"""
_CONNECTED = """\
    if (completion == MQCC_FAILED)
        failed("connecting", reason);
    printf("connected to %.48s\\n", queue_manager);
"""
_OPEN = """\
    {
        MQHOBJ queue;
        MQOD object = {MQOD_DEFAULT};
        MQMD sent = {MQMD_DEFAULT};
        MQPMO put = {MQPMO_DEFAULT};
        char text[] = @MESSAGE@;

        strncpy(object.ObjectName, @QUEUE@, MQ_Q_NAME_LENGTH);
        MQOPEN(connection, &object, @OPEN@ | MQOO_FAIL_IF_QUIESCING, &queue, &completion, &reason);
        if (completion == MQCC_FAILED)
            failed("opening the queue", reason);
        memcpy(sent.Format, MQFMT_STRING, MQ_FORMAT_LENGTH);
        put.Options = MQPMO_NO_SYNCPOINT | MQPMO_NEW_MSG_ID | MQPMO_FAIL_IF_QUIESCING;
        MQPUT(connection, queue, &sent, &put, (MQLONG)strlen(text), text, &completion, &reason);
        if (completion == MQCC_FAILED)
            failed("putting", reason);
        printf("put: %s\\n", text);
"""
_GET = """\
        {
            MQMD got = {MQMD_DEFAULT};
            MQGMO get = {MQGMO_DEFAULT};
            char buffer[256] = "";
            MQLONG length;

            memcpy(got.MsgId, sent.MsgId, sizeof(got.MsgId)); /* our own message, nobody else's */
            get.Version = MQGMO_VERSION_2;
            get.MatchOptions = MQMO_MATCH_MSG_ID;
            get.Options = MQGMO_NO_SYNCPOINT | MQGMO_WAIT | MQGMO_CONVERT | MQGMO_FAIL_IF_QUIESCING;
            get.WaitInterval = 5000;
            MQGET(connection, queue, &got, &get, (MQLONG)sizeof(buffer) - 1, buffer, &length, &completion, &reason);
            if (completion == MQCC_FAILED)
                failed("getting", reason);
            printf("got:  %s\\n", buffer);
        }
"""
_CLOSE = """\
        MQCLOSE(connection, &queue, MQCO_NONE, &completion, &reason);
    }
"""
_TAIL = """\
    MQDISC(&connection, &completion, &reason);
    return 0;
}
"""


def program(client: Client) -> tuple[str, str]:
    """The file and its text."""
    work = work_of(client)
    parts = [_HEAD, _LOGIN if logs_in(client) else _PLAIN, _CONNECTED]
    if work.puts:
        parts += [_OPEN, *([_GET] if work.gets else []), _CLOSE]
    opened = "MQOO_OUTPUT | MQOO_INPUT_AS_Q_DEF" if work.gets else "MQOO_OUTPUT"
    return "put_get.c", filled("".join([*parts, _TAIL]), client, OPEN=opened)
