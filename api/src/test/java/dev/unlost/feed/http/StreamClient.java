package dev.unlost.feed.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a stream of events from a bare socket, so that a test sees every byte, and when the connection ends. */
final class StreamClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final String statusLine;
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** @param receiveBuffer how much the system takes for a client that does not read, in bytes; 0 for its default */
    StreamClient(int port, String path, String token, int receiveBuffer, String... requestHeaders) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress("localhost", port));
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n"
                + String.join(
                        "",
                        List.of(requestHeaders).stream()
                                .map(header -> header + "\r\n")
                                .toList())
                + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        statusLine = in.readLine();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
    }

    int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** @return the lines of the next event or comment, joined; null at the end of the stream */
    @Nullable
    String next() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return String.join("\n", lines);
            }
            lines.add(line);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
