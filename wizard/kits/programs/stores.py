"""What the Java programs share: the kit's PKCS#12 file as key and trust store, and the CipherSuite by the JRE."""

from __future__ import annotations

from wizard.kits.ccdt import connections
from wizard.kits.programs.work import literal
from wizard.mq.ciphers import java_suite
from wizard.topology.values import Client, Tls

_STORES = """\
    /** The kit's PKCS#12 file is key and trust store; its password comes from a file, never from an argument. */
    private static void stores() throws Exception {
        Path kit = Path.of(System.getProperty("kit", "."));
        String given = System.getenv("KIT_PASSWORD");
        Path file = given != null ? Path.of(given) : kit.resolve(@PASSWORD_FILE@);
        String password = Files.readString(file).strip();
        for (String use : new String[] {@USES@}) {
            System.setProperty("javax.net.ssl." + use, kit.resolve(@STORE@).toString());
            System.setProperty("javax.net.ssl." + use + "Type", "PKCS12");
            System.setProperty("javax.net.ssl." + use + "Password", password);
        }
    }

    /** The CipherSuite by the name that this JRE has for it: IBM's own JRE writes SSL_ where others write TLS_. */
    private static String suite() throws Exception {
        String ibm = @IBM_SUITE@, other = @OTHER_SUITE@;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        boolean knowsOther = Arrays.asList(context.getSupportedSSLParameters().getCipherSuites()).contains(other);
        boolean same = ibm.equals(other);
        if (!same)
            System.setProperty("com.ibm.mq.cfg.useIBMCipherMappings", Boolean.toString(!knowsOther));
        return same || !knowsOther ? ibm : other;
    }
"""

IMPORTS = """\
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
"""


def methods(client: Client) -> str:
    """The two methods, for a client with TLS; nothing for one without."""
    return "" if client.tls is Tls.NONE else "\n" + _STORES


def values(client: Client) -> dict[str, str]:
    """What stands for the names in the templates of both Java programs."""
    first = connections(client.definition.text("CONNAME"))[0]
    uses = '"keyStore", "trustStore"' if client.identity else '"trustStore"'
    return {
        "HOST": literal(str(first["host"])),
        "PORT": str(first["port"]),
        "CHANNEL": literal(client.channel),
        "PEER": literal(client.definition.text("SSLPEER")),
        "STORE": literal(client.store.rpartition("/")[2]),
        "PASSWORD_FILE": literal(f"../{client.name}.password"),
        "USES": uses,
        "IBM_SUITE": literal(java_suite(client.cipher, ibm_jre=True) or client.cipher),
        "OTHER_SUITE": literal(java_suite(client.cipher, ibm_jre=False) or client.cipher),
    }
