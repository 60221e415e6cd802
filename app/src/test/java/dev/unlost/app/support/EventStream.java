package dev.unlost.app.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of server-sent events on a connection of its own, which can break at any moment. */
public final class EventStream implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final BufferedReader in;
    private final int status;

    private EventStream(Socket socket, BufferedReader in, int status) {
        this.socket = socket;
        this.in = in;
        this.status = status;
    }

    /**
     * One event, or a comment.
     *
     * @param id empty where it has none
     * @param name empty for a comment
     * @param data of a comment its text
     */
    public record Event(String id, String name, String data) {

        public JsonNode json() {
            return JSON.readTree(data);
        }

        /** @return the record's id and its version; of a change only */
        public String change() {
            JsonNode change = json();
            return change.path("id").stringValue() + " "
                    + change.path("version").longValue();
        }
    }

    /** @param lastEventId empty for none */
    public static EventStream open(URI address, String token, String lastEventId) throws IOException {
        return open(address, token, lastEventId, PATIENCE, 0);
    }

    /**
     * @param patience how long to wait for the head of the answer, and then for each event
     * @param receiveBuffer how much the system takes for a client that does not read, in bytes; 0 for its default
     */
    public static EventStream open(URI address, String token, String lastEventId, Duration patience, int receiveBuffer)
            throws IOException {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(Math.max(1, (int) patience.toMillis()));
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) patience.toMillis());
            String target = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                    + "Authorization: Bearer " + token + "\r\n"
                    + (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            if (line == null) {
                throw new IOException("closed before an answer");
            }
            int status = Integer.parseInt(line.split(" ", 3)[1]);
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            return new EventStream(socket, in, status);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public int status() {
        return status;
    }

    /** @param patience how long to wait for each event from now on, at least a millisecond */
    public void patience(Duration patience) throws IOException {
        socket.setSoTimeout(Math.max(1, (int) patience.toMillis()));
    }

    /**
     * @return the next event; null at the end of the stream
     * @throws java.net.SocketTimeoutException if there is none in time; the stream is of no use any more then
     */
    public @Nullable Event next() throws IOException {
        String id = "";
        String name = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return new Event(id, name, data);
            }
            int colon = line.indexOf(": ");
            String value = line.substring(colon + 2);
            switch (line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> name = value;
                default -> data = value;
            }
        }
        return null;
    }

    /** @return the next event of that name; what comes before it is passed over */
    public Event next(String name) throws IOException {
        for (Event event = next(); event != null; event = next()) {
            if (event.name().equals(name)) {
                return event;
            }
        }
        throw new IOException("the stream ended without " + name);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
