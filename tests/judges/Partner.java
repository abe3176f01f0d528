import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Connects to a server that turns lines round, with and without its own certificate, and says what came of it. */
public class Partner {
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = Files.readString(Path.of(arguments[2])).strip().toCharArray();
        try (FileInputStream file = new FileInputStream(arguments[1])) {
            store.load(file, password);
        }
        for (boolean showing : new boolean[] {true, false}) {
            for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                String who = protocol + (showing ? " with" : " without") + " certificate: ";
                System.out.println(who + answer(port, store, password, protocol, showing));
            }
        }
    }

    private static String answer(int port, KeyStore store, char[] password, String protocol, boolean showing)
            throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(showing ? keys.getKeyManagers() : new KeyManager[0], trusted.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            String line = lines.readLine();
            return line == null ? "nothing" : line + " over " + socket.getSession().getProtocol();
        } catch (IOException refused) {
            return "refused";
        }
    }
}
