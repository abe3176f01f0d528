"""The attributes of authentication information objects, channel authentication records and authority records.

Their sub-types (AUTHTYPE, TYPE) stand where channels have their CHLTYPE.
"""

from __future__ import annotations

from wizard.mq.attribute_type import (
    ALTERED,
    Attribute,
    Type,
    choice,
    number,
    of,
    several,
    text,
    words,
)

_LDAP = of("IDPWLDAP CRLLDAP")
_PASSWORDS = of("IDPWOS IDPWLDAP")
_DIRECTORY = of("IDPWLDAP")
_CHECKS = "NONE OPTIONAL REQDADM REQUIRED"

AUTHINFO = (
    choice(
        "AUTHTYPE",
        "CRLLDAP OCSP IDPWOS IDPWLDAP",
        None,
        "What the object is for: revocation, or passwords of the system or of LDAP.",
    ),
    text("DESCR", 64, "A description for people."),
    choice(
        "ADOPTCTX",
        "YES NO",
        "YES",
        "Whether a user whose password was checked is the user that is authorised.",
        chltypes=_PASSWORDS,
    ),
    choice(
        "AUTHENMD",
        "OS PAM",
        "OS",
        "Whether passwords are checked by the system's own method or by PAM.",
        chltypes=of("IDPWOS"),
    ),
    choice(
        "CHCKCLNT",
        _CHECKS,
        "REQDADM",
        "Which clients must send a user id and a password.",
        chltypes=_PASSWORDS,
    ),
    choice(
        "CHCKLOCL",
        _CHECKS,
        "OPTIONAL",
        "Which local programs must send a user id and a password.",
        chltypes=_PASSWORDS,
    ),
    number(
        "FAILDLAY",
        (0, 60),
        "1",
        "How many seconds a failed check takes, against guessing.",
        chltypes=_PASSWORDS,
    ),
    Attribute(
        "CONNAME",
        Type.CONNAME,
        length=264,
        default="",
        chltypes=_LDAP,
        description="Where the LDAP servers are: host(port).",
    ),
    text("LDAPUSER", 1024, "The distinguished name that MQ itself binds to LDAP with.", chltypes=_LDAP),
    text("LDAPPWD", 32, "The password that MQ itself binds to LDAP with.", chltypes=_LDAP, secret=True),
    text("OCSPURL", 256, "The URL of the OCSP responder.", chltypes=of("OCSP")),
    choice(
        "SECCOMM",
        "NO YES ANON",
        "NO",
        "Whether the connection to LDAP is protected by TLS.",
        chltypes=_DIRECTORY,
    ),
    text("BASEDNU", 1024, "The branch of the directory that users are in.", chltypes=_DIRECTORY),
    text("CLASSUSR", 128, "The object class of users.", "inetOrgPerson", chltypes=_DIRECTORY),
    text("USRFIELD", 128, "The attribute that a user id without = is looked up by.", chltypes=_DIRECTORY),
    text(
        "SHORTUSR",
        128,
        "The attribute that holds the user's name of at most 12 characters.",
        chltypes=_DIRECTORY,
    ),
    choice(
        "AUTHORMD",
        "OS SEARCHGRP SEARCHUSR SRCHGRPSN",
        "OS",
        "Where the groups of a user are looked up.",
        chltypes=_DIRECTORY,
    ),
    text("BASEDNG", 1024, "The branch of the directory that groups are in.", chltypes=_DIRECTORY),
    text("CLASSGRP", 128, "The object class of groups.", "groupOfNames", chltypes=_DIRECTORY),
    text("FINDGRP", 128, "The attribute that ties users and groups together.", chltypes=_DIRECTORY),
    text("GRPFIELD", 128, "The attribute that a group without = is looked up by.", chltypes=_DIRECTORY),
    choice("NESTGRP", "NO YES", "NO", "Whether groups inside groups count.", chltypes=_DIRECTORY),
    *ALTERED,
)

MAPPINGS = of("SSLPEERMAP ADDRESSMAP USERMAP QMGRMAP")
BLOCKS = of("BLOCKADDR BLOCKUSER")
_CLIENT_MAPPINGS = of("SSLPEERMAP ADDRESSMAP USERMAP")

CHLAUTH = (
    choice(
        "TYPE",
        "SSLPEERMAP ADDRESSMAP USERMAP QMGRMAP BLOCKUSER BLOCKADDR",
        None,
        "What the record looks at: certificate, address, user, queue manager; or whom it blocks.",
    ),
    text("DESCR", 64, "A description for people."),
    text("CUSTOM", 128, "Reserved for features without an attribute of their own."),
    text(
        "ADDRESS",
        264,
        "The address, address pattern or host name that the partner connects from.",
        chltypes=MAPPINGS,
    ),
    several("ADDRLIST", 264, "The addresses that are refused before anything is read.", chltypes=of("BLOCKADDR")),
    text("CLNTUSER", 64, "The user id that the client asserts.", chltypes=of("USERMAP")),
    Attribute(
        "QMNAME",
        Type.NAME,
        length=48,
        default="",
        chltypes=of("QMGRMAP"),
        description="The name, or pattern, of the partner queue manager.",
    ),
    Attribute(
        "SSLPEER",
        Type.DN,
        length=1024,
        default="",
        chltypes=of("SSLPEERMAP"),
        description="The subject that the partner's certificate must match.",
    ),
    Attribute(
        "SSLCERTI",
        Type.DN,
        length=1024,
        default="",
        chltypes=of("SSLPEERMAP"),
        description="The issuer that the partner's certificate must have.",
    ),
    several(
        "USERLIST",
        64,
        "The user ids that are refused; *MQADMIN stands for all privileged ones.",
        chltypes=of("BLOCKUSER"),
    ),
    choice(
        "USERSRC",
        "MAP NOACCESS CHANNEL",
        "MAP",
        "Whether the partner gets MCAUSER, is refused, or keeps the channel's user.",
        chltypes=MAPPINGS,
    ),
    text("MCAUSER", 64, "The user id that the partner's work runs under.", chltypes=MAPPINGS),
    choice(
        "CHCKCLNT",
        "ASQMGR REQDADM REQUIRED",
        "ASQMGR",
        "Whether the client must also send a user id and password.",
        chltypes=_CLIENT_MAPPINGS,
    ),
    choice("WARN", "NO YES", "NO", "Whether the partner is let in with a warning where it would be refused."),
    *ALTERED,
)

AUTHREC = (
    choice(
        "OBJTYPE",
        "QMGR QUEUE TOPIC CHANNEL CLNTCONN LISTENER NAMELIST PROCESS SERVICE AUTHINFO COMMINFO RQMNAME",
        None,
        "The type of the objects that the record is about.",
    ),
    choice("ENTTYPE", "PRINCIPAL GROUP", None, "Whether the authorities are a user's or a group's."),
    text("ENTITY", 256, "The user or the group."),
    words(
        "AUTHLIST",
        "ALTUSR BROWSE CHG CLR CONNECT CRT CTRL CTRLX DLT DSP GET INQ NONE PASSALL PASSID PUB PUT RESUME "
        "SET SETALL SETID SUB SYSTEM ALL ALLADM ALLMQI",
        "",
        "The authorities.",
    ),
)
