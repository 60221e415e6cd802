package dev.unlost.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    @Test
    void readsAnswersOfAnyFormAndGoesOnWhenTheConnectionWasEnded() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                serve(
                        server,
                        "HTTP/1.1 200 \r\nETag: \"7\"\r\nContent-Length: 2\r\n\r\n{}",
                        "HTTP/1.1 304 \r\nETag: \"7\"\r\n\r\n",
                        "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
                serve(server, "HTTP/1.1 409 \r\ncontent-length: 0\r\n\r\n");
            });
            try (HttpConnection connection = new HttpConnection(server.getLocalPort())) {
                Answer whole = connection.send(Request.get("/"));
                assertThat(whole.status()).isEqualTo(200);
                assertThat(whole.version()).isEqualTo(7);
                assertThat(whole.text()).isEqualTo("{}");
                assertThat(connection.send(Request.get("/")).status()).isEqualTo(304);
                assertThat(connection.send(Request.get("/")).text()).isEqualTo("abcde");
                assertThat(connection.send(Request.get("/")).status()).isEqualTo(409);
            }
            served.join();
        }
    }

    /** Answers the requests of one connection, which have no bodies. */
    private static void serve(ServerSocket server, String... answers) {
        try (Socket socket = server.accept();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String answer : List.of(answers)) {
                String line = lines.readLine();
                while (!line.isEmpty()) {
                    line = lines.readLine();
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
